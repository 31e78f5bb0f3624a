double_top = Double top
    .definition = Two swing highs 22 to 130 sessions apart, each within 1.5% of their mean, no higher price between them, and a low at least 5% under it, the neckline. It has formed when the second high is confirmed by a fall of 5% (8% for shares), and with completed it needs a close below the neckline. With level, whether one stands within 0.5% (1%) of that price; with tops=single one swing high is enough.

double_bottom = Double bottom
    .definition = As a double top, upside down: two swing lows at one height with a high between them.

risk_reward = Reward for the risk
    .definition = The gain from entry to target over the loss from entry to stop. Its evidence says how often such a trade must succeed to break even.

double_top-said = { $completed ->
    [yes] completed
   *[no] formed
  } a double { $kind } by swings of { $line }
    .verb = has
risk_reward-said = a reward of { $value } times the risk from { $at ->
    [stated] { $entry }
   *[close] the close
  } to { $target } with a stop at { $stop }
    .verb = offers
