drawdown = Drawdown
    .definition = The close against the highest close of the period, the session itself included: zero at a new high, negative below it.

drawdown-said = { $value } below its highest close { $period }
    .verb = stands
