# 數據項目的名稱。沒有譯名的照原名。
name = { $field ->
    [open] 開市價
    [high] 最高價
    [low] 最低價
    [close] 收市價
    [volume] 成交股數
    [BSADF-statistic] BSADF統計量
    [critical-value] 臨界值
    [p-value] p值
    [statistic-where-the-run-began] 爆炸性階段開始時的統計量
    [statistic-where-the-run-was-confirmed] 爆炸性階段獲確認時的統計量
    [change-taken-as-real] 視為真實的升跌幅
    [earlier-rallies] 過往牛市數目
    [windows-fitted] 擬合的窗口數目
    [windows-that-qualify] 符合條件的窗口數目
    [LPPLS-confidence-in] LPPLS置信度（%）
    [GARCH-1-1-of-markets] GARCH(1,1)，佔市場的%
    [GARCH-1-1-at-least] GARCH(1,1)，最少%
    [GARCH-1-1-at-most] GARCH(1,1)，最多%
    [block-bootstrap-of-markets] 分塊自助法，佔市場的%
    [block-bootstrap-at-least] 分塊自助法，最少%
    [block-bootstrap-at-most] 分塊自助法，最多%
    [earliest-critical-time-in-sessions] 最早的臨界時間（交易日）
    [median-critical-time-in-sessions] 臨界時間的中位數（交易日）
    [latest-critical-time-in-sessions] 最遲的臨界時間（交易日）
    [probability-in-the-last-twentieth-of-the-admitted-range] 落在容許範圍最後二十分之一的機會率
    [close-when-it-last-was-true] 最近一次屬實時的收市價
    [prices-within-10-per-cent-that-would-match-too-in-per-cent] 上下10%以內同樣吻合的價格佔比（%）
    [tests-that-held] 守住的測試
    [tests-decided] 已有結果的測試
    [mean-of-a-random-walk] 隨機漫步的平均值
    [hit-rate-that-breaks-even-in-per-cent] 打和所需勝率（%）
    [entry] 入市價
    [target] 目標價
    [stop] 止蝕價
   *[other] { $name }
  }
