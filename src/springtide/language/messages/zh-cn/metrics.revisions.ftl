target_consensus = 机构平均目标价
    .definition = 各机构最近目标价（不早于180天前，至少三家）的平均数（中位数、最高或最低）；否则取数据商公布者。

target_revision = 目标价调整幅度
    .definition = 机构的新目标价相对其前次目标价的变动，已还原拆股。

estimate_revision = 盈利预测调整幅度
    .definition = 机构对某一年度每股收益的新预测相对其前次预测的变动，已还原拆股。

target_consensus-said = 的{ $statistic ->
    [median] 目标价中位数
    [high] 最高目标价
    [low] 最低目标价
   *[mean] 平均目标价
  }为{ $value }
target_revision-said = 获{ $said ->
    [yes] { $house }
   *[no] 机构
  }将目标价{ $way ->
    [up] 上调
   *[down] 下调
  }{ $value }
estimate_revision-said = 获{ $said ->
    [yes] { $house }
   *[no] 机构
  }将盈利预测{ $way ->
    [up] 上调
   *[down] 下调
  }{ $value }
