# 消息：别人做了什么，什么快到期了
news-together = 早上好！免打扰期间有 { $count } 条消息
news-what = { $standard } · { $level }
news-review = 你有一份新的评审：{ $name }，{ $standard }，{ $level }，请在 { $due } 前完成。
news-reviews = 你有 { $count } 份新的评审：{ $standard }，{ $level }，请在 { $due } 前完成。点名字开始：
news-review-own = 请为自己做一次自评：{ $standard }，{ $level }，请在 { $due } 前完成。自评只作对照，不计入结果。
news-returned = ↩️ 你对{ $name }的评审被退回，请修改后再提交
news-due = 截止 { $date }（{ $when }）
news-converted = 🔄 《{ $standard }》改用第 { $version } 版，{ $name }的评审接着做
news-converted-left = 填过的都在，新版新问的也在里面：一共还有 { $count } 处要答。
news-withdrawn = 你对{ $name }的评审已撤销，不用再做了：{ $what }
news-withdrawn-own = 你的自评已撤销，不用再做了：{ $what }
news-to-sign = ✍️ { $name }的评估结果等待签署
news-subject-left = ⏸ { $name }已停用，评估还没完成
news-subject-left-ask = 在你决定之前，不会再提醒评审员。继续评审，还是撤销？
news-disagreements = ⚠️ { $count } 个要素上评审员的评分相差较大
news-unsettled = ⚖️ 有 { $count } 处要先裁定
news-appeal = ⚖️ { $name }对评估结果提出申诉
news-appeal-answered = ⚖️ 你的申诉有了答复，结果不变
news-appeal-reopened = ⚖️ 你的申诉有了答复，将重新评审
news-expires = { $days ->
    [0] ⏳ 你的评估结果今天到期
    [1] ⏳ 你的评估结果明天到期
   *[other] ⏳ 你的评估结果还有 { $days } 天到期
}
news-valid-until = 有效期至 { $date }。需要重新评估，请联系 HR。
news-faults = ⚠️ 有些消息需要管理员看一下
news-faults-failing = { $count } 条通知多次发送出错，机器人还会再试：
news-faults-refused = { $count } 条通知被 Telegram 拒收，不会再发：
news-faults-set-aside = { $count } 条大家发来的消息没能处理，已另外保存：
news-faults-rescoring = { $count } 份评估没能按新的成绩名单重新计算，机器人还会再试。编号和原因在运行日志里。
news-open = 打开
news-see-result = 查看结果
news-standard = 📘 { $who }提请发布“{ $title }”，请您看过后签发。
news-standard-released = 📘 您提请发布的“{ $title }”已签发。要用它开新的评估，请打开它，点“换用这一版”。
