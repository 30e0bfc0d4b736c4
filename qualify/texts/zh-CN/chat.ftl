# 聊天：评审
chat-element = {" "}· 要素 { $number }/{ $all }
chat-points = {" "}（{ $points } 分）
chat-criterion = 第 { $ordinal } 条，共 { $all } 条
chat-criterion-offered = 高一级 · 第 { $ordinal } 条，共 { $all } 条
chat-key-condition = {" "}· 🔑 关键条件
chat-mark-met = ✅ 达到
chat-mark-partly = ◐ 部分
chat-mark-not-met = ❌ 未达到
chat-mark-not-observed = ➖ { chat-icon-not-observed }
chat-icon-met = ✅
chat-icon-partly = ◐
chat-icon-not-met = ❌
chat-icon-not-observed = { $part ->
    [self] 没遇到过
   *[other] 未观察到
}
chat-line-not-observed = ➖
chat-line-open = ▫️
chat-all-met = { $scope ->
    [all] ✅ 本要素全部达到
    [offered] ✅ 高一级全部达到
    [rest] ✅ 其余全部达到
   *[but-key] ✅ 除关键条件外全部达到
}
chat-none-observed = { $scope ->
    [all] ➖ 整个要素{ chat-icon-not-observed }
    [rest] ➖ 其余都{ chat-icon-not-observed }
   *[but-key] ➖ 除关键条件外都{ chat-icon-not-observed }
}
chat-rating-target = 本级标准：{ $target } 就算达标
chat-rerate = ✏️ 改评分
chat-minimum = 做得更好也算达到。
chat-outlook = 照现在的评分：
chat-outlook-part = 已评 { $rated }/{ $all } 个要素：
chat-outlook-sum = 合计 { $got } 分
chat-outlook-total = 总分 { $total } 分{ $off ->
    [0] {""}
   *[other] （合计 { $got } 分，扣 { $off } 分）
}
chat-outlook-cases = { $name }：{ $since } 到 { $until } 计入 { $found } 篇，要求 { $required } 篇{ $points ->
    [0] {""}
   *[other] ，扣 { $points } 分
}
chat-outlook-grade = { $granted ->
    [yes] 级内等：{ $grade }
   *[no] 关键条件以外，够{ $grade }
}
chat-warn-key = { $mark ->
    [partly] ❗ 关键条件只部分达到：{ $text }。这样不授予{ $level }。
    [not-met] ❗ 关键条件未达到：{ $text }。这样不授予{ $level }。
   *[not-observed] ❗ 关键条件未观察到：{ $text }。没有人确认达到，就不授予{ $level }。
}
chat-warn-outside = ❗ 案例不在期限内，不计：{ $case }
chat-submit-ask = 仍要提交吗？提交后就不能再改。
chat-submit-anyway = 仍要提交
chat-submit-back = ‹ 返回
chat-above = ⬆️ 高一级达到 { $met }/{ $asked } 条{ $share ->
    [alike] {""}
   *[other] （按原文行 { $share }%）
}，要求 { $needed }%，不到 { $rating }。
chat-above-reached = ⬆️ 高一级达到 { $met }/{ $asked } 条{ $share ->
    [alike] {""}
   *[other] （按原文行 { $share }%）
}，要求 { $needed }%，够 { $rating }。
chat-rating-points = { $rating } 分
chat-exam-outcome = ✓ { $name }：均分 { $mean }{ $rounded ->
    [none] {""}
   *[other] ，取整 { $rounded }
} → { $rating }
chat-exam-untaken = ✓ { $name }：各科都没考 → { $rating }
chat-score-differs = { $given ->
    [none] ❗ { $subject }：这里填了没考，但已有 { $known } 分，按 { $known } 分计。
   *[other] ❗ { $subject }：这里填了 { $given } 分，已有的是 { $known } 分，不一致，由签署人确定。
}
chat-note = 📝 备注
chat-evidence = 📎 证据
chat-back = ‹ 上一步
chat-forward = 下一步 ›
chat-resume = » 回到未答处
chat-overview = ☰ 总览
chat-pause = ⏸ 暂停
chat-hint-note = 直接把备注发给我，就会记在这个要素下。
chat-hint-evidence = 直接发照片、文件、语音或转发消息，就会存为这个要素的证据。
chat-noted = 📎 已记下，这个要素现有备注与证据 { $count } 份。
chat-noted-review = 📎 已记下，这份评审现有备注与证据 { $count } 份。
chat-evidence-count = 📎 备注与证据 { $count } 份
chat-suggestion = { $scale ->
    [scale] 建议评分：{ $rating }
   *[points] 建议评分：{ $rating } 分
}
chat-no-suggestion = { $part ->
    [self] 各条都没遇到过，没有建议分。请直接给自己评分，并说明原因。
   *[other] 各条都未观察到，没有建议分。请直接评分，并说明原因。
}
chat-rated = 现在的评分：{ $rating }
chat-offer-hint = 本级全部达到。如果表现超出本级，可以再看高一级的条目。
chat-offer = ⬆️ 看看高一级的条目
chat-why = { $suggestion ->
    [none] 你评了 { $rating }，没有建议分可对照。请用一句话说明依据。
   *[other] 你评了 { $rating }，建议是 { $suggestion }。请用一句话说明原因。
}
chat-score = { $subject }考了多少分？（0–{ $maximum }）
chat-score-line = { $begun ->
    [yes] 还差 { $count } 科。{""}
   *[no] {""}
}逐个发送，也可以一次发齐 { $count } 个，用空格隔开：{ $subjects }
chat-score-untaken = 没考的那科写“没考”；都没考就发“都没考”。
chat-score-by-name = 成绩不一样？写科目名和成绩就改那一科，例如：{ $subject } { $score }
chat-scores-whole = 各科成绩都有了，不用再填。要全部改，一次发齐 { $count } 个。
chat-known-score = 📋 { $subject }：已有 { $score } 分（{ $day ->
    [none] 其他评审员填的
   *[other] 成绩单，{ $day } 考
}），不用再填
chat-known-scores = ✅ 采用已有成绩：{ $scores }
chat-not-taken = 这一科没考
chat-cases-rule = 要求 { $required } 篇，每少一篇扣 { $points } 分。已计 { $counted }/{ $required } 篇。
chat-cases-window = 只计 { $since } 到 { $until }（含首尾两天）被{ $by ->
    [none] {""}
   *[other] { $by }
}采用的{ $kinds ->
    [none] {""}
   *[other] { $kinds }
}。
chat-case-outside = {" "}❗ 不在期限内，不计
chat-cases-ask = 有哪些案例？请发送日期和标题，一行一篇。
chat-cases-example = 例如：2026-03-01 一次跨省割接的复盘
chat-cases-none = { $others ->
    [some] 没有案例要补充
   *[none] 没有案例
}
chat-cases-others = 其他评审员已经列出，不用再写：
chat-cases-twins = 这两篇是同一篇吗？
chat-cases-same = 是同一篇
chat-cases-distinct = 是两篇
chat-cases-kind = 这篇是哪种案例？{ $case }
chat-cases-done = ✅ 就这 { $count } 篇
chat-cases-undo = 撤销最后一篇
chat-cases-jump = 案例
chat-summary = 都评完了，请再看一遍：
chat-overview-title = 目前的评分：
chat-open = —
chat-unsettled = 要素 { $numbers } 的回答改过，评分与新的建议不一致。请点开再确认一次。
chat-jump-hint = 点数字可以回到那个要素修改。
chat-jump-hint-open = 点数字去那个要素：还没评的可以先评，评过的可以修改。
chat-submit-tells = 📣 这是最后一份，不需要签署：提交后{ $name }就会收到结果，不能收回。结果是：
chat-submit-publish = ✅ 提交评审，发布结果
chat-submit = { $part ->
    [self] ✅ 提交自评
   *[other] ✅ 提交评审
}
chat-submitted = { $part ->
    [self] ✅ 自评已提交，谢谢！它会显示在结果旁边，不计入分数。
   *[other] { $next ->
        [reviews] ✅ 评审已提交，谢谢！还在等其他评审员，结果发布后会发到这里。
        [signature] ✅ 评审已提交，谢谢！评审都齐了，等管理员签署，结果发布后会发到这里。
        [signed] ✅ 评审已提交，谢谢！结果已经签署，发布后会发到这里。
       *[published] ✅ 评审已提交，谢谢！结果已经发布，会发到这里。
    }
}
chat-paused = ⏸ 已暂停，完成了 { $percent }%。填过的都已保存。
chat-take-up = { $part ->
    [self] ▶️ 继续自评
   *[other] ▶️ 继续评审
}

# 聊天：其他
chat-description = 对照标准逐条评审，答一条存一条；全部完成就出结果图，每个数字都有来历。
chat-hello = 你好，{ $name }！
chat-hello-nothing = 现在没有等你完成的评审。
chat-hello-owed = 你有 { $count } 份评审待完成，点一下就能开始：
chat-hello-result = 发送 /result 查看你的最新评估结果。
chat-hello-admin = 发送 /admin 打开管理菜单。
chat-moved = { $name }已换到另一个 Telegram 账号，这个账号从现在起不能再使用。如果不是你本人换的，请马上联系管理员。
chat-review-button = { $name } · { $level } · { $due } 截止
chat-own-review = 自评
chat-review-begun = {" "}· { $percent }%
chat-stranger = 你好！我是 Qualify，帮助公司做任职资格评估。

    要开始使用，请打开管理员发给你的邀请链接。没有链接？请联系你们的 HR。
chat-joined = 欢迎，{ $name }！已为你开通。
chat-help = 我能做这些：
chat-help-reviews = 评审时点按钮回答，也可以直接发“达到”或分数；其他文字会记为备注，照片、文件、语音会存为证据。随时可以停下，发送 /start 继续。
chat-help-admin = 管理：把名单或成绩单（CSV、XLSX）直接发给我就能导入。
help-reviews = /reviews 你的待办评审
help-result = /result 你的最新结果：看说明、确认或申诉
help-history = /history 以前的结果
help-team = /team 你带的人进展如何
help-standard = /standard 标准要求什么、怎么评
help-settings = /settings 语言、图表和提醒
help-privacy = /privacy 我保存什么、谁能看到
help-cancel = /cancel 收回刚才的提问，或暂停当前评审
help-admin = /admin 管理菜单
chat-cancelled = 好的，已暂停。填过的都在，发送 /reviews 继续。
chat-nothing-to-cancel = 现在没有进行中的评审。
chat-nothing-in-hand = 我没看懂。发送 /reviews 继续评审，或 /help 看看我能做什么。
chat-group = 我只在私聊里工作。请点我的头像，发送 /start。
chat-settings = 设置
chat-settings-language = 语言
chat-settings-theme = 图表
chat-language-zh-cn = 简体中文
chat-language-en = English
chat-theme-light = ☀️ 浅色
chat-theme-dark = 🌙 深色
chat-too-fast = 慢一点，我还在处理你刚才的操作。
chat-error = 抱歉，出了点问题，已经记录。刚才这一步可能没存下，请看一眼；之前填过的都在。发送 /start 继续。
chat-job-stopped = 我要重启一下，刚才那件事还没做完。重启后我会接着做，不用再发。
chat-set-aside = 你有一条消息，我处理时两次中断，只好先放到一边，管理员看得到。请换个方式再发一次。
error-job-under-way = 上一件还在进行，好了马上告诉你。这一件没有收，到时请再来一次。
chat-file-unsent = 文件没能发出去。如果一会儿还没收到，请再按一次。
chat-start-review = ▶️ 开始
chat-result-caption = { $name } · { $standard } · { $level }
chat-result-explain = 📖 每个数字怎么来的
chat-result-own = 你的评估结果出来了。
chat-result-past = { $date } 的评估结果
chat-result-theirs = { $name }的评估已完成。
chat-explain-title = { $name } · 结果说明（{ $page }/{ $pages }）
chat-explain-previous = ‹ 上一页
chat-explain-next = 下一页 ›
chat-history = 你的历次结果：
chat-history-newest = 这里是最近的 { $count } 份。
chat-history-row = { $date } · { $standard } · { $level }

# 命令菜单
command-start = 开始
command-reviews = 待办评审
command-result = 最新结果
command-history = 历次结果
command-team = 我的团队
command-settings = 设置
command-language = 语言
command-privacy = 隐私说明
command-help = 帮助
command-cancel = 取消或暂停
command-admin = 管理
chat-privacy = 我保存什么：
    姓名、工号、部门、岗位和角色；Telegram 账号的编号和设置；评审中的回答、评分、备注和证据；考试成绩与评估结果；以及谁在什么时候改了什么。

    谁能看到：
    你的结果，发布后你能看到。评审员只看到自己评的内容和结果。管理员能看到全部。其他人看不到。

    想要一份自己的数据，或想抹去它：请联系管理员。抹去后，结果不再带姓名；操作记录会保留。

# 聊天：备注与证据
evidence-list = 📎 查看（{ $count }）
evidence-back = ‹ 回到评审
evidence-none = 这里还没有备注和证据。
evidence-take-back = ↩️ 撤回
evidence-take-back-ask = 撤回后谁也打不开，签署人只看到“已撤回”。需要时可以重新发送。
evidence-take-back-yes = ↩️ 确认撤回
evidence-taken-back = { $kind }：已撤回
evidence-edited = {" "}（已修改）
evidence-earlier = 修改前：{ $text }
evidence-reworded = ✏️ “{ $element }”下的内容已改成新的，改前的也留着。
evidence-edit-none = 修改消息只会更新备注和证据，这条不是。要改答案，请在评审里点“总览”回到那一步。
evidence-gone = Telegram 已经不再提供这个文件，打不开了。
error-evidence-unknown = 没有这条备注或证据，或者你不能看。
error-evidence-taken-back = 这条已经撤回，不再显示，也不能修改。
error-evidence-closed = 评审已提交，备注和证据不再改动。这次修改没有生效。

# 聊天：已提交的评审
submitted-list = 📁 已提交
submitted-title = 📁 你提交过的评审，点开就能看：
submitted-none = 你还没有提交过评审。
submitted-button = { $name } · { $level } · { $due }
submitted-when = ✅ { $date } 提交，只能看，不能改。
submitted-next = ▶️ 下一份：
submitted-read = 📖 看我提交的
submitted-summary = ☰ 总览
submitted-reason = 原因：{ $reason }
chat-rated-then = 评分：{ $rating }
