target_consensus = 機構平均目標價
    .definition = 各機構最近目標價（不早於180日前，至少三間）的平均數（中位數、最高或最低）；否則取數據商公布者。

target_revision = 目標價調整幅度
    .definition = 機構的新目標價相對其前次目標價的變動，已還原拆股。

estimate_revision = 盈利預測調整幅度
    .definition = 機構對某一年度每股盈利的新預測相對其前次預測的變動，已還原拆股。

target_consensus-said = 的{ $statistic ->
    [median] 目標價中位數
    [high] 最高目標價
    [low] 最低目標價
   *[mean] 平均目標價
  }為{ $value }
target_revision-said = 獲{ $said ->
    [yes] { $house }
   *[no] 機構
  }將目標價{ $way ->
    [up] 上調
   *[down] 下調
  }{ $value }
estimate_revision-said = 獲{ $said ->
    [yes] { $house }
   *[no] 機構
  }將盈利預測{ $way ->
    [up] 上調
   *[down] 下調
  }{ $value }
