contribution = 成份的貢獻
    .definition = 區間內一隻成份為籃子或指數帶來的變動：起點權重乘以其升跌幅，以百分點或指數點計。籃子按實際持有逐日計算，各成份之和等於整體變動；指數各成份之和須在權重的捨入誤差內等於其變動。
implied_weight = 隱含權重
    .definition = 若某成份當日帶來這麼多點，按其升跌幅推算它在指數中應有的權重：只是對所述數字的驗算，看它是否可能。
one-member = 其中一隻成份
contribution-said = { $period }{ $way ->
    [up] 由{ $member }貢獻{ $value }
   *[down] 被{ $member }拖累{ $value }
  }
implied_weight-said = 當日若由{ $member }貢獻{ $points }，其權重為{ $value }
