# 管理员的菜单
admin-back = ‹ 返回
admin-menu = 管理
admin-menu-hint = 直接输入姓名、工号、部门、标准或状态就能查找；把 CSV 或 XLSX 名单、成绩单发给我就能导入。
admin-menu-people = 👥 人员
admin-menu-assess = 📋 评估
admin-menu-progress = ⏳ 进度
admin-menu-sign = ✍️ 签署与发布
admin-menu-appeals = ⚖️ 申诉
admin-menu-ranking = 🏅 知识排名
admin-menu-team = 🗺 团队图
admin-menu-export = 📤 导出
admin-menu-audit = 🧾 操作记录

# 评估：列表与开启
admin-assess = 📋 进行中的评估（{ $count }）
admin-assess-none = 现在没有进行中的评估。
admin-assess-row = { $name } · { $level } · { life-state } { $in }/{ $all } · { $due }
admin-assess-new = ➕ 开启评估
admin-form = ➕ 开启评估
admin-form-standard = 标准
admin-form-level = 级别
admin-form-whom = 对象
admin-form-assessors = 评审员
admin-form-due = 截止日期
admin-form-applied = 申请日期
admin-form-exception = 破例理由
admin-form-self = 自评
admin-form-sign = 签署
admin-form-line = { $field }：{ $value }
admin-form-blank = 未填
admin-form-person = { $name }（{ $staff }）
admin-form-department = { $department }（{ $count } 人）
admin-form-assessor = { $name }{ $times ->
    [one] {""}
   *[other] {" "}×{ $times }
}{ $lead ->
    [yes] （主评）
   *[no] {""}
}
admin-form-self-yes = 要
admin-form-self-no = 不要
admin-form-sign-yes = 要，签署后再发布
admin-form-sign-no = 免签，评完即发布
admin-form-today = 今天（{ $date }）
admin-form-missing = 还缺：{ $fields }
admin-form-none-left = { $department }没有可以开启的人，请换一个部门或换评审员。
admin-form-unfinished = ⚠️ { $names }这个标准的评估还没完成，这会是第二份。
admin-form-rating = 不列入（本人是评审员）：{ $names }
admin-form-lacking = ⚠️ { $count } 人不符合申请条件：
admin-form-lacking-more = …还有 { $count } 人
admin-form-ineligible = 去掉不符合的（{ $count }）
admin-form-ineligible-out = 不列入（不符合申请条件）：{ $names }
admin-form-open = ✅ 开启 { $count } 份
admin-form-second = 仍然再开一份
admin-form-see = 看未完成的这一份
admin-form-discard = 🗑 不填了
admin-form-ask-standard = 按哪个标准评？
admin-form-ask-level = 评哪个级别？
admin-form-ask-whom = 评谁？
admin-form-one = 🔎 找一个人
admin-form-all = 🏢 整个部门
admin-form-ask-person = 请发送姓名或工号，写一部分也行。
admin-form-which-person = 找到 { $count } 位，是哪一位？
admin-form-first-people = 只列出前 { $count } 位。没有要找的人？请写得更完整，再找一次。
admin-form-ask-department = 哪个部门？
admin-form-group = { $group }（{ $count }）
admin-form-members = 不列入谁
admin-form-ask-members = 给部门里的谁开启？点一下去掉 ☑，就不列入。
admin-form-no-departments = 名单里还没有部门。
admin-form-ask-assessors = 谁来评？
    再点一次加权重（最多 ×3），满了再点取消。
admin-form-no-assessors = 还没有人有评审员角色。请先在“人员”里加上。
admin-form-lead = 主评：{ $name }
admin-form-ask-due = 什么时候截止？
admin-form-weeks = { $weeks } 周后 · { $date }
admin-form-other-date = ⌨️ 别的日期
admin-form-ask-applied = 申请日期是哪一天？案例、考试成绩、排名和申请条件都按这一天算。
    不是今天，就请发送日期，例如 { $example }。
admin-form-ask-exception = 为什么可以破例？请写一句理由，它会留在评估里，也会进导出表。
admin-form-ask-date = 请发送日期，例如 { $example }。
admin-form-opened = ✅ 已开启 { $count } 份评估，评审员会马上收到通知。
admin-form-left-out = 不列入（这个标准的评估还没完成）：{ $names }

# 一次评估
admin-case-exception = ⚠️ 破例开启：{ $reason }
admin-case-dates = 申请 { $applied } · 截止 { $due }
admin-case-state = 状态：{ life-state }
admin-case-reviews = 评审
admin-case-part-lead = { $name }（主评{ $times ->
    [one] {""}
   *[other] {" "}×{ $times }
}）
admin-case-part-member = { $name }{ $times ->
    [one] {""}
   *[other] （×{ $times }）
}
admin-case-part-self = { $name }（自评）
admin-case-submitted = ✅ 已提交
admin-case-subject-left = ⏸ 被评人已停用：暂不提醒评审员，请决定继续还是撤销。
admin-case-keep-on = ▶️ 继续评审
admin-case-left = ⚠️ 已停用，停在 { $percent }%
admin-case-hand-on = 🔁 移交{ $name }的评审
admin-case-percent = { $percent }%
admin-case-given-back = ↩️ 退回：{ $reason }
admin-case-result = 结果
admin-case-result-before = 退回前的结果
admin-case-keys-met = 🔑 关键条件都已满足
admin-case-apart = ⚠️ 评审员意见相差较大：
admin-case-more = 另有 { $count } 项。
admin-case-apart-row = { $element }：{ $ratings }
admin-case-rating = { $name } { $rating }
admin-case-own-points = 自评：各要素合计 { $points } 分
admin-case-own-scale = 自评：{ $met }/{ $all } 达标
admin-case-proofs = 📎 申诉证明（{ $count }）
admin-case-proof = ⚖️ { $name }的申诉证明 { $number }/{ $count }
admin-case-appeal = ⚖️ { $date } 申诉：{ $text }
admin-case-answer = 答复：{ $text }
admin-case-own = 这是你自己的评估，由其他管理员处理。
admin-case-chart = 📊 结果图
admin-case-apart-open = 🔎 分歧明细（{ $count }）
admin-case-settle = ⚖️ 签署前要先裁定（{ $count }）
admin-case-settled = ⚖️ 已裁定，签署前还可以改
admin-case-settle-open = ⚖️ { $what }
admin-case-settle-again = ✓ { $what }
settle-line = { $what }：{ $said }
settle-open-score = 待裁定，暂按 { $score } 计
settle-open-cases = 待裁定，暂按一篇计
settle-by = { $count } 个成绩都按{ $source }
settle-lists = 成绩单
settle-stands = { $score } 为准
settle-is-same = 已定：是同一篇
settle-is-distinct = 已定：不是同一篇
settle-same = 同一篇
settle-distinct = 不是同一篇
settle-claim = { $score }（{ $sources }）
settle-list = { $date } 成绩单
settle-case = “{ $title }” { $date }
settle-untitled = 没写题目
settle-twins = { $first } 与 { $second }
settle-listed = { $case }（{ $by }）
settle-ask-score = 哪个成绩为准？其余评审员的评分也按它算。
settle-ask-cases = 是同一篇案例吗？同一篇只计一次。
apart-suggested = （建议 { $suggestion }）
apart-reason = ：{ $reason }
admin-case-evidence = 📎 备注与证据（{ $count }）
admin-evidence-kind =
    { $kind ->
        [photo] 🖼 照片
        [document] 📄 文件
        [voice] 🎤 语音
        [audio] 🎵 音频
        [video] 🎬 视频
        [video_note] 🎬 视频留言
        [forward] ↪️ 转发
       *[other] 📝 备注
    }
admin-evidence-words = { $kind }：{ $text }
admin-evidence-review = 整份评审
admin-case-extend = 📅 延期
admin-case-reassign = 🔁 换评审员
admin-case-withdraw = 🗑 撤销
admin-case-remind = 🔔 马上提醒
admin-case-sign = ✍️ 签署
admin-case-return = ↩️ 退回
admin-case-publish = 📣 发布
admin-case-reply = 💬 答复申诉
admin-case-reopen = 🔄 重新评审
admin-case-longer = 延 { $weeks } 周 · { $date }
admin-case-ask-extend = 现在 { $due } 截止，延到哪天？
admin-case-ask-reassign = 把谁的评审换给别人？已填的会留着，新评审员从头评。
admin-case-ask-newcomer = { $name }的评审换给谁？
admin-case-no-newcomer = 没有别的评审员可换。请先在“人员”里加上。
admin-case-ask-publish = 把结果发给{ $name }？发布后不能收回。员工和评审员会收到通知（免打扰时间里的，早上再发）。
admin-case-publish-unheard = ⚠️ { $name }还没有加入，收不到这份结果；申诉期照样从发布一天后算起。可以先邀请，再发布。
admin-case-publish-yes = 📣 发布
admin-case-ask-withdraw = 确定撤销{ $name }的这次评估？撤销后不能恢复，已填的评审也不再计入。
admin-case-withdraw-yes = 🗑 撤销这次评估
admin-case-ask-sign = 签署后员工还看不到，发布后才能看到。
admin-case-sign-as = ✍️ 签署：{ $grade }
admin-case-sign-result = ✍️ 签署这个结果
admin-case-other-grade = 另定级内等
admin-case-ask-grade = 定为哪一等？
admin-case-ask-grade-reason = 计算为{ $computed }，你定为{ $given }。请用一句话说明原因。
admin-case-ask-return = 退回给谁？
admin-case-return-all = 全部评审员
admin-case-ask-return-reason = 请写明退回的原因，评审员会看到。
admin-case-ask-answer = 请写下答复，员工会看到。结果不变。
admin-case-ask-reopen-reason = 请写明为什么重新评审，员工和评审员都会看到。
admin-reminded = 🔔 已提醒 { $count } 人；在免打扰时段的，过后会收到。
admin-reminded-nobody = 没有可以提醒的人：要么都交了，要么还没加入。

# 签署与发布
admin-sign-none = 没有等待签署或发布的结果。
admin-sign-to-sign = ✍️ 待签署（{ $count }）
admin-sign-signed = 📣 已签署，待发布（{ $count }）
admin-sign-row = { $name } · { $standard } · { $level }
admin-sign-publish = 📣 全部发布（{ $count }）
admin-sign-ask-publish = 发布全部已签署的 { $count } 份结果？员工会收到通知，不能收回。
admin-sign-publish-unheard = ⚠️ 还没有加入、收不到结果的人：{ $names }{ $more ->
    [yes] 等
   *[no] {""}
}。申诉期照样从发布一天后算起，可以先邀请他们。
admin-sign-publish-yes = 📣 发布 { $count } 份
admin-sign-published = 📣 已发布 { $count } 份，员工和评审员会收到通知。
admin-sign-published-none = 没有已签署、待发布的结果。

# 申诉
admin-appeals = ⚖️ 申诉（{ $count } 份待答复）
admin-appeals-none = 没有申诉。
admin-appeals-open = ❗ { $date } { $name }：{ $text }
admin-appeals-answered = ✅ { $date } { $name } · { $outcome ->
    [reopened] 重新评审
   *[answered] 已答复
}

# 进度
admin-progress = ⏳ 待完成的评审（{ $count }）
admin-progress-none = 没有待完成的评审。
admin-progress-overdue = 其中逾期 { $count } 份
admin-progress-not-joined = {" "}· 还没加入
admin-progress-left = {" "}· ⚠️ 已停用
admin-progress-row = { $late ->
    [yes] ‼️
   *[no] ·
} { $name } · { $level } · { $percent }% · { $due }
admin-progress-self = 自评
admin-progress-remind = 🔔 { $name }
admin-progress-remind-overdue = 🔔 提醒所有逾期的人（{ $count }）

# 知识排名
admin-ranking = 🏅 知识排名
admin-ranking-which = 按哪个标准排名？
admin-ranking-levels = 哪个级别？
admin-ranking-none-here = 没有单独考试的标准，因此没有排名。
admin-ranking-title = { $level } · { $year } 年申请
admin-ranking-nobody = 这一年没有人申请这个级别。
admin-ranking-row = { $rank }. { $name } · { $composite }
admin-ranking-unranked = — { $name } · 成绩不全
admin-ranking-regulation = 考试依据：{ $regulation }
admin-ranking-agreed = 约定：{ $rule }
admin-ranking-year = { $year } 年

# 查找
admin-menu-find = 🔍 查找
admin-case-earlier = 📊 { $date } 的结果（已被取代）
find-narrow = 🔍 筛选
find-everything = 全部评估
find-hint = 直接输入姓名、工号、部门、标准或状态就能查找，写一部分就行；也可以点下面的条件。
find-people = 👥 人员（{ $count }）
find-people-all = 全部 { $count } 人 ›
find-assessments = 📋 评估与结果
find-none = 没有相符的评估。
find-nothing = 没有相符的人，也没有相符的评估。可以只写一个字再试试。
find-by-state = 状态
find-by-standard = 标准
find-by-department = 部门
find-anew = ✕ 清除条件
find-all = 不限
find-ask-state = 只看哪种状态？
find-ask-standard = 只看哪个标准？
find-ask-department = 只看哪个部门？
find-about = { $name }的全部评估
person-cases = 🗂 评估与结果（{ $count }）
error-search-over = 这是上一次查找的按钮。请看最新的一屏，或重新输入。
admin-menu-standards = 📘 标准
admin-standards-none = 没有单位设置，照发布的标准。
admin-standards-heading = { $name } · 第 { $version } 版
admin-standards-set = 第 { $number } 号设置 · { $state ->
    [now] { $since } 起，现行
   *[later] { $since } 起用，还没到
} · { $who }
admin-standards-hint = 设置在命令行用 standards settings set 更改；已开启的评估不受影响。
