top_within = 期限內見頂
    .definition = 某日正在進行的升浪，其頂部（回落達到指定幅度之前最後一個最高收市價，參見「牛熊市」）是否在該日之後若干個交易日內或更早出現。回落獲確認即為「是」；期限之後的收市價達到或超過之前的高位即為「否」；在此之前未有結果。

new_high_within = 期限內再創新高
    .definition = 某日之後若干個交易日內，是否有收市價高於該日正在進行的升浪截至該日的最高收市價，不論該輪升浪其間是否已完結。

rise_before_fall = 先升後跌同等幅度
    .definition = 某日之後，收市價較該日收市價上升至指定幅度，是否先於下跌至同等幅度。兩者均未出現時未有結果。

top_within-said = { $sessions ->
    [0] 在{ $since }已經見頂，其後由頂部回落{ $fall }
   *[other] 在{ $since }之後{ $value }內或之前見頂，其後由頂部回落{ $fall }
  }
new_high_within-said = 在{ $since }之後{ $value }內再創按{ $rally }的慣例界定的今輪升浪新高
rise_before_fall-said = 由{ $since }收市價先升{ $value }，而非先跌同等幅度
