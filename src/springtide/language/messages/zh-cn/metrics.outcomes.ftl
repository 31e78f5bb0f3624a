top_within = 期限内见顶
    .definition = 某日运行中的上涨行情，其顶部（回落达到阈值之前最后一个最高收盘价，参见“牛熊阶段”）是否出现在该日之后的若干交易日内或更早。回落确认后为“是”；期限之后的收盘价达到或超过此前高点即为“否”；在此之前尚无结果。

new_high_within = 期限内再创新高
    .definition = 某日之后的若干交易日内，是否有收盘价高于该日运行中的上涨行情截至该日的最高收盘价，不论该轮行情其间是否结束。

rise_before_fall = 上涨先于等幅下跌
    .definition = 某日之后，收盘价较该日收盘价上涨达到给定幅度是否先于下跌达到同样幅度。两者均未出现时尚无结果。

top_within-said = { $sessions ->
    [0] 在{ $since }已经见顶，随后自顶部回落{ $fall }
   *[other] 在{ $since }之后{ $value }内或此前见顶，随后自顶部回落{ $fall }
  }
new_high_within-said = 在{ $since }之后{ $value }内再创按{ $rally }的惯例划分的本轮行情新高
rise_before_fall-said = 自{ $since }收盘价先上涨{ $value }，而非先下跌同样幅度
