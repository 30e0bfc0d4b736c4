# 命令行
cli-migrated = 数据库已是最新。
cli-backed-up = 已备份到 { $file }。
cli-restored = 已从 { $file } 恢复，数据库已是最新。

# 人员与成绩
cli-people-imported = 已导入：新增 { $added } 人，更新 { $changed } 人，未变 { $same } 人。
cli-people-checked = 检查通过，没有写入。正式导入将新增 { $added } 人，更新 { $changed } 人，{ $same } 人不变。
cli-person-roles = { $staff_no } 的角色现在是：{ $roles }。
cli-person-added = 已添加 { $staff_no }。
cli-person-changed = 已修改 { $staff_no }。
cli-person-renumbered = 工号已从 { $old } 换成 { $new }，以前的记录都在。
cli-person-manager = { $staff_no } 的上级现在是：{ $manager }。
cli-person-no-manager = { $staff_no } 现在没有上级。
cli-person-activated = { $staff_no } 已恢复。
cli-person-deactivated = { $staff_no } 已停用，不再收到消息。
cli-person-exported = 已把 { $staff_no } 的全部个人数据写入 { $file }。
cli-person-erased = 已抹去 { $staff_no } 的个人数据。结果匿名保留，操作记录不变。
cli-exams-imported = 已导入 { $count } 个成绩。
cli-exams-checked = 检查通过：{ $count } 个成绩。没有写入。
cli-invite-link = 链接：https://t.me/<机器人用户名>?start={ $token }（用 --bot 或 BOT_USERNAME 给出用户名）
cli-invite-whom = 请写一个工号，或用 --all 邀请所有未加入的人（可加 --department 部门、文件名.xlsx），二者选一。
cli-invite-file = 文件里要写邀请链接，请用 --bot 或 BOT_USERNAME 给出机器人用户名。
cli-invited = 已为 { $count } 人生成邀请链接，写入 { $file }。每个链接只能用一次，{ $until } 前有效；他们以前收到的链接已作废。
cli-standards-fine = 标准检查通过。
cli-chart-drawn = 已画好：{ $file }
cli-chart-nobody = 未署名
cli-chart-targets = 请写成：chart 评估编号 图片.png（用 --answers 可画答案文件，--standard、--level、--name 只和它一起用）。
cli-chart-answers = 用 --answers 时请写成：chart --answers 答案.json --standard 标准 --level 级别 图片.png
cli-points = {" "}{ $points } 分
cli-mark-line = （第 { $value } 条）
cli-mark-inherited = （继承自级别 { $value }）
cli-mark-restored = （原文遗失，按同文补回）
cli-mark-minimum = （做得更好也算达到）
cli-mark-key = （关键条件）
cli-exported = 已导出：{ $file }

# 评估
cli-assessment-opened = 已开启评估 { $id }。
cli-assessment-extended = 评估 { $id } 的截止日期改为 { $due }。
cli-assessment-withdrawn = 评估 { $id } 已撤销。
cli-assessment-reassigned = 评估 { $id } 的评审已由 { $old } 转给 { $new }。
cli-assessment-exception = 破例开启：{ $reason }
cli-assessment-dates = { $state } · 申请日期 { $applied } · 截止 { $due }
cli-left-out-unfinished = 未开启：{ $name }（{ $staff_no }）按这个标准的上一次评估还没完成。
cli-left-out-assessor = 未开启：{ $name }（{ $staff_no }）是这一批的评审员。
cli-left-out-asked = 未开启：{ $name }（{ $staff_no }）按要求不列入。
cli-left-out-ineligible = 未开启：{ $name }（{ $staff_no }）不符合申请条件。
cli-review-state = { $state ->
    [open] 待完成
    [submitted] 已提交
   *[withdrawn] 已撤销
}
cli-review-returned = 已退回：{ $reason }
cli-case-apart = 评审员评分相差较大：
cli-case-settle = 签署前裁定（assess settle）：
cli-case-appealed = { $day } 申诉：{ $text }
cli-case-answered = { $day } 答复：{ $text }
cli-case-reopened = { $day } 重新评审：{ $text }

# 签署、退回、发布、申诉
cli-signed-off = 评估 { $id } 已签署，可以发布：publish { $id }
cli-settled = 评估 { $id } 已裁定，并重新计分。
cli-settle-options = 写 --subject 和 --score，或者 --cases 和 --same/--distinct，或者 --review，或者 --lists。
cli-returned = 评估 { $id }：已退回 { $count } 份评审。
cli-published = 评估 { $id } 已发布。
cli-appeal-answered = 评估 { $id } 的申诉已答复，结果不变。
cli-appeal-state = { $state ->
    [waiting] 待答复
    [answered] 已答复
   *[reopened] 重新评审
}

# 进度与消息
cli-days = { $days } 天
cli-reminded = 已提醒 { $count } 人。
cli-not-reached = 提醒不到：{ $name }（{ $staff_no }）还没加入 Telegram，或已停用。
cli-remind-whom = 请写工号，或用 --overdue 提醒所有逾期的人，二者选一。
cli-notice = { $kind ->
    [team_result] 团队成员的结果
    [subject_left] 被评估人已停用
    [result] 结果
    [review] 新的评审
    [reviews] 一批新的评审
    [reminder] 提醒
    [overdue] 逾期汇总
    [returned] 评审退回
    [withdrawn] 评审撤销
    [to_sign] 待签署
    [appeal] 申诉
    [appeal_answer] 申诉答复
    [expires_soon] 结果 60 天后到期
    [expires_now] 结果 7 天后到期
    [fault] 故障汇总
    [signs] 标准调整提示
    [converted] 评审转到新版
    [standard] 标准待签发
    [standard_released] 标准已签发
   *[other] { $kind }
}
cli-notice-outcome = { $outcome ->
    [owed] 待发送
    [failing] 发送出错 { $faults } 次，会再试
    [sent] 已发送
    [unsure] 可能已送达
    [refused] Telegram 拒收
    [failed] 发送失败
   *[other] { $outcome }
}

# 表头与称呼
cli-heading-id = 编号
cli-heading-update = 更新
cli-heading-account = Telegram 账号
cli-heading-deaths = 中断次数
cli-inbox-state = { $state ->
    [aside] 已放到一边
   *[waits] 等待处理
}
cli-heading-due = 截止
cli-heading-overdue = 逾期
cli-heading-subject = 被评人
cli-heading-standard = 标准
cli-heading-level = 级别
cli-heading-reviews = 已交评审
cli-heading-figure = 结果
cli-heading-valid-until = 有效至
cli-heading-open = 进行中
cli-team-whose = 请用 --manager 工号 或 --department 部门 说明看谁的团队，只给一个。
cli-heading-staff-no = 工号
cli-heading-manager = 上级
cli-heading-name = 姓名
cli-heading-department = 部门
cli-heading-link = 邀请链接
cli-heading-token = 邀请码
cli-heading-roles = 角色
cli-heading-telegram = Telegram
cli-heading-review = 评审
cli-heading-assessor = 评审员
cli-heading-part = 身份
cli-heading-weight = 权重
cli-heading-state = 状态
cli-heading-evidence = 备注与证据
cli-heading-done = 进度
cli-heading-rank = 名次
cli-heading-applied = 申请日期
cli-heading-composite = 综合知识
cli-heading-date = 日期
cli-heading-appeal = 申诉内容
cli-heading-due-at = 应发
cli-heading-notice = 内容
cli-heading-sent-at = 处理
cli-heading-outcome = 结果
cli-heading-date-time = 时间
cli-heading-who = 操作者
cli-heading-action = 操作
cli-heading-about = 对象
cli-heading-before-after = 改动
cli-role-employee = 员工
cli-role-assessor = 评审员
cli-role-admin = 管理员
cli-person-joined = 已加入
cli-person-away = 未加入
cli-person-left = 已停用

# 不能照办的
error-database-unmigrated = 数据库 { $given } 还没有建表，或与这个版本不符。请先运行：python -m qualify migrate
error-backup-there = 已有文件 { $file }，没有覆盖。要覆盖请加 --force。
error-backup-place = { $file } 就是数据库本身，或不是普通文件，没有改动。请换一个文件。
error-backup-unreadable = { $file } 不是完好的备份文件。请给出 qualify backup 写的文件。
error-backup-other-kind = { $file } 是另一种数据库的备份（SQLite 与 PostgreSQL 不能互相恢复）。请检查 DATABASE_URL。
error-backup-program = 这台机器上没有 { $program }。请安装 PostgreSQL 的客户端程序（如 postgresql-client），再试一次。
error-backup-program-old = 这台机器上的 { $program } 是 { $given } 版，比服务器的 { $server } 版旧。请安装 { $server } 版或更新的 PostgreSQL 客户端程序。
error-backup-failed = { $program } 没有做完，什么都没有改变：{ $reason }
error-restore-used = 数据库里已经有人员或记录，没有恢复。要用备份替换其中的全部内容请加 --replace，原有内容会丢失。
error-restore-in-use = 数据库正被使用，没有恢复。请先停止机器人和其他命令。
error-standards-broken = 标准有 { $count } 处需要修改。
error-as-unknown = 没有工号为 { $given } 的在职人员，不能用 --as（或 QUALIFY_AS）以其身份操作。
error-erase-unconfirmed = 抹去 { $staff_no } 后无法恢复，尚未执行。请先用 people export 留存，再加上 --yes 重试。
error-unpublished = 有 { $count } 份结果没有发布：
error-remind-nothing-owed = { $staff_no } 没有待完成的评审。progress 会列出谁有。
error-period = 起止日期颠倒：{ $since } 晚于 { $until }。
error-due = 截止日期应写成 2026-03-01 这样，或 +30d（从今天起 30 天），收到的是“{ $given }”。
error-bot-username = “{ $given }”不是机器人用户名，应像 your_bot 这样（字母、数字、下划线）。
error-file-unreadable = { $file } 打不开：{ $reason ->
    [missing] 没有这个文件
    [directory] 这是一个目录
    [forbidden] 没有读取权限
   *[other] { $detail }
}。
error-file-unwritable = { $file } 写不进去：{ $reason ->
    [missing] 没有这个目录
    [directory] 这是一个目录
    [forbidden] 没有写入权限
   *[other] { $detail }
}。
error-file-encoding = { $file } 不是 UTF-8 文本。请另存为 UTF-8 编码。
error-json = { $file } 第 { $line } 行第 { $column } 列不是有效的 JSON（{ $reason }）。请检查这里和前面的引号、逗号、括号。
error-json-twice = “{ $name }”在同一处写了两次，请只留一个。
error-json-extreme = { $file } 嵌套太深，或有大得无法计算的数字。这是答案文件吗？
error-table-guess = { $file } 的编码只能猜（{ $encoding }）。请先用 --dry-run 看看名字对不对，对的话加上 --trust-encoding。
cli-template-written = 模板已写入 { $file }。填好后用 import 导入。
cli-settings = { $standard } v{ $version } · 第 { $number } 号设置，{ $since } 起用
cli-settings-hold = 现行
cli-settings-none = { $id } 现在没有单位设置，照发布的标准。
cli-heading-number = 编号
cli-heading-from = 起用
cli-statistics-none = 还没有已发布的结果可以统计。
cli-heading-item = 要素/条目
