# 工作簿里的标准：表名、列名、选项，怎样填，哪里不对。
workbook-sheet-how-to = 说明
workbook-sheet-standard = 标准
workbook-sheet-lost = 原文缺失
workbook-sheet-levels = 级别
workbook-sheet-modules = 模块
workbook-sheet-modules-elements = 要素
workbook-sheet-modules-elements-levels = 级别要求
workbook-sheet-modules-elements-levels-criteria = 条目
workbook-sheet-modules-elements-subjects = 考试要素的科目
workbook-sheet-rating-labels = 等级名称
workbook-sheet-rating-suggestion-rows = 建议分
workbook-sheet-rating-exam-bands-bands = 考试分段
workbook-sheet-exams = 考试
workbook-sheet-exams-subjects = 考试科目
workbook-sheet-deductions = 扣分项
workbook-sheet-deductions-kinds = 案例类型
workbook-sheet-grades-bands = 级内等
workbook-sheet-eligibility = 基本条件
workbook-sheet-reading = 阅读清单
workbook-sheet-reading-topics = 阅读要点

# 列名
workbook-once-name = 项目
workbook-once-content = 内容
workbook-once-english = 英文
workbook-in-zh = { $field }（中文）
workbook-in-en = { $field }（英文）
workbook-and = 、
workbook-field-text = 文字
workbook-field-level = 级别
workbook-field-id = 编号
workbook-field-version = 版本
workbook-field-name = 名称
workbook-field-definition = 定义
workbook-field-source = 出处
workbook-field-kind = 类别
workbook-field-points = 分值
workbook-field-targets = 标准分
workbook-field-summary = 概括
workbook-field-inherits = 继承级别
workbook-field-inherited = 继承的条目
workbook-field-key = 关键条件
workbook-field-line = 原文行
workbook-field-minimum = 最低程度
workbook-field-restored = 补回
workbook-field-max = 满分
workbook-field-weight = 权重
workbook-field-weights-assumed = 权重由本单位约定
workbook-standard-rating-exam-bands-bands-assumed = 分数线由本单位约定
workbook-field-value = 分
workbook-field-share = 占比
workbook-field-rating = 评分
workbook-field-above = 大于才算
workbook-field-score = 平均分
workbook-field-regulation = 考试规定
workbook-field-adopted-by = 由谁采用
workbook-field-required = 要求篇数
workbook-field-window-months = 几个月内
workbook-field-from = 总分从
workbook-field-unmet = 未达到占比
workbook-field-years = 工作年限
workbook-field-last = 看最近几次
workbook-field-accepted = 可接受的考核
workbook-field-levels = 已取得
workbook-field-months = 满几个月
workbook-field-prepares-for = 为谁备考
workbook-field-topics = 要点
workbook-holder-modules = 模块
workbook-holder-modules-elements = 要素
workbook-holder-exams = 考试
workbook-holder-deductions = 扣分项
workbook-holder-reading = 阅读清单
workbook-standard-source = 依据
workbook-standard-rating-kind = 计分方式
workbook-standard-rating-step = 评分步长
workbook-standard-rating-target = 达标分
workbook-standard-rating-suggestion-assumed = 建议分由本单位约定
workbook-standard-rating-exceeding-rating = 超标分
workbook-standard-rating-exceeding-next-level-share = 超标要达到的上级条目占比
workbook-standard-rating-exceeding-assumed = 超标由本单位约定
workbook-standard-rating-exam-bands-untaken = 一科未考时的分
workbook-standard-rating-exam-bands-assumed = 考试分段由本单位约定
workbook-standard-grades-rule = 级内等规则
workbook-standard-grades-assumed = 级内等由本单位约定
workbook-standard-key-conditions-effect = 关键条件未达到时
workbook-standard-key-conditions-assumed = 关键条件由本单位约定
workbook-modules-elements-levels-criteria-text = 条目
workbook-deductions-points = 每篇扣分

# 选项
workbook-choice-yes-no-true = 是
workbook-choice-yes-no-false = 否
workbook-choice-kind-points = 分值制
workbook-choice-kind-scale = 等级制
workbook-choice-kind-behaviour = 行为
workbook-choice-kind-exam = 考试
workbook-choice-kind-service-years = 工作年限
workbook-choice-kind-appraisals = 历次考核
workbook-choice-kind-level-held = 已取得级别
workbook-choice-rule-bands = 按总分
workbook-choice-rule-counting = 按未达到的条目
workbook-choice-effect-not-granted = 不授予该级别
workbook-choice-inherited-before = 排在前面
workbook-choice-inherited-after = 排在后面

# 怎样填
workbook-how-to-sheet = 表
workbook-how-to-about = 写什么
workbook-how-to-begin = 每张表的第一行是列名，从第二行起一行写一项；行的先后就是它们在标准里的先后。列可以换位置，列名请保留。
workbook-how-to-release = 已经发布的版本不能再改内容：在“标准”表里把“版本”加 1，再改。
workbook-how-to-ids = 编号用小写字母、数字、点和连字符，整个标准里同类不重复；过去的结果靠它对应，请不要改已有的编号。
workbook-how-to-lists = 有下拉的格子从下拉里选；写“名称 [编号]”、只写编号或只写名称都可以。
workbook-how-to-levels = 按级别写的列叫“分值 · 三级 [3]”。新增级别：先在“级别”表加一行，再照样加一列。
workbook-how-to-blank = 不需要的格子留空，不是 0；每段文字都要写中文和英文。
workbook-how-to-send = 写好后在聊天里发给我（管理员），或运行 qualify standards import。有错会说明在哪张表、哪一行、哪一列，不会只收一半。
workbook-how-to-example = 例：给“书面表达”在 3级加一条——在“条目”表加一行：要素 书面表达 [writing]，级别 3级（中级） [3]，编号 writing.3.9，原文行 接着上一条往下写（上一条是 3 就写 4），条目（中文）公文格式规范，条目（英文）Keeps to the format of official papers。
workbook-about-standard = 整个标准只有一个的内容：编号、版本、名称、怎样计分。“由本单位约定”选“是”，表示原文没有规定。
workbook-about-lost = 原文缺了哪些部分，一段一行。
workbook-about-levels = 级别，从低到高。
workbook-about-modules = 模块（类），要素归在它下面。
workbook-about-modules-elements = 要素（能力素质项）。分值制给每个级别写分值，每个级别合计 100，0 表示不评；等级制不写分值。
workbook-about-modules-elements-levels = 每个要素在每个级别的概括，以及继承哪个更低级别的条目。
workbook-about-modules-elements-levels-criteria = 评审时逐条回答的标准条目。“原文行”：出自同一行的几条合占一行的权重，要写就都写，从 1 数起。
workbook-about-modules-elements-subjects = 考试类要素考哪些科目。权重写一个数，或给每个级别各写一个。
workbook-about-rating-labels = 等级制每个分的名称，从 0 起逐个写。
workbook-about-rating-suggestion-rows = 等级制：达标占比从多少起建议几分，逐行变小，最后一行从 0 起。占比写 0.8 或 80%。
workbook-about-rating-exam-bands-bands = 等级制：考试平均分从多少起评几分，逐行变小，最后一行从 0 起。
workbook-about-exams = 要素之外的考试，各科折成百分再加权。
workbook-about-exams-subjects = 这些考试的科目。
workbook-about-deductions = 扣分项（分值制）：每个级别要求几篇案例，每少一篇扣几分，算几个月内的。
workbook-about-deductions-kinds = 哪几种案例算数；不写就不分种类。
workbook-about-grades-bands = 级内等（分值制）。按总分：写“总分从”，逐行变小，最后一行 0；按未达到的条目：写“未达到占比”，逐行变大，最后一行 1。
workbook-about-eligibility = 申请人要具备什么，只在写了的级别要求。可接受的考核用顿号隔开。
workbook-about-reading = 阅读清单，以及为哪项考试、科目或考试要素备考。
workbook-about-reading-topics = 每份清单的要点，一条一行。

# 哪里不对
workbook-fault = 「{ $sheet }」第 { $row } 行{ $column ->
    [none] {""}
   *[other] { $heading ->
        [none] { " " }{ $column } 列
       *[other] { " " }{ $column } 列（{ $heading }）
    }
}：{ $problem }
error-workbook-sheet-twice = 这张表和“{ $other }”是同一种，只能有一张，请合在一起。
error-workbook-sheet-unknown = 没有这种表。表名可以是：{ $legal }。自己的备注请放到别的文件里。
error-workbook-sheet-empty = “{ $sheet }”表里至少要有一行。
error-workbook-column-twice = “{ $heading }”出现了两次，请删掉一个。
error-workbook-column-unnamed = 这一列没有列名，不知道是什么，请写上列名或清空。
error-workbook-column-missing = 缺少“{ $heading }”列，不知道各行属于谁，请补上。
error-workbook-column-unknown = 这里没有“{ $given }”，是不是：{ $legal }？
error-workbook-cell-missing = 请填写“{ $heading }”，不能空着。
error-workbook-cell-unknown = 没有叫“{ $given }”的{ $heading }，可以写的是：{ $legal }。
error-workbook-row-twice = 同一个要素、同一个级别在上面已经有一行，请合成一行。
error-workbook-one-or-each = 写一个数，或给每个级别各写一个，不要两样都写。
error-workbook-level-unknown = 没有级别“{ $level }”，可以写的是：{ $legal }。新级别请先写在“级别”表里。
error-workbook-field-missing = 请填写“{ $column }”，不能空着。
error-workbook-field-unknown = 这一行不写“{ $column }”，请清空。
error-workbook-field-unknown-near = 这一行不写“{ $column }”，请清空。
error-workbook-language-missing = “{ $column }”缺少{ $field ->
    [zh] 中文
   *[en] 英文
}，两种语言都要写。
error-workbook-not-boolean = 请选“是”或“否”，现在是 { $given }。
error-workbook-subjects-of-behaviour = 要素“{ $element }”是行为类，没有科目；如果它考试，请在“要素”表把类别改为“考试”。
error-workbook-subjects-missing = 考试要素“{ $element }”至少要有一个科目，请在“考试要素的科目”表里加上。
error-workbook-criteria-of-exam = 考试要素“{ $element }”按科目评分，请删掉它在“级别要求”和“条目”表里的行。
error-workbook-exam-bands-missing = 有考试要素（“{ $element }”）就要填“考试分段”表：多少分评几。
error-workbook-points-on-scale = 等级制的要素没有分值，请清空“{ $element }”的分值。
error-workbook-points-missing = 分值制的要素要写各级别的分值，请给“{ $element }”补上（不评的级别写 0）。
error-workbook-level-missing = “{ $field }”缺少级别“{ $level }”，每个级别都要写（没有就写 0）。
error-workbook-inherited-alone = 这里说了继承的条目排在哪里，却没有写“继承级别”：请补上，或清空这一格。
error-workbook-criteria-missing = 要素“{ $element }”在级别“{ $level }”要评，却没有条目：请在“条目”表里加上，或写“继承级别”。
error-workbook-criteria-without-points = 要素“{ $element }”在级别“{ $level }”是 0 分、不评：请删掉条目，或写上分值。
error-workbook-line-missing = 条目“{ $id }”没有写“原文行”，而同一要素、同一级别的别的条目写了：要写就都写，不写就都不写。
error-workbook-line-order = “原文行”从 1 起逐个往上写，同一行的条目排在一起：这里是 { $given }，可以写的是：{ $legal }。
error-workbook-key-conditions-missing = 有关键条件，就要在“标准”表里选“关键条件未达到时”怎么办。
error-workbook-key-criteria-missing = 选了“关键条件未达到时”，却没有一条是关键条件：请在“条目”表里标出，或清空这一格。
error-workbook-rating-unlabelled = “等级名称”里没有 { $given } 分，可以写的是：{ $legal }。
error-workbook-suggestion-above-target = 建议分最高到达标分（{ $target }），这里是 { $rating }；更高的请写在“超标分”。
error-workbook-row-above-all = 占比不会超过 1，“大于才算”永远轮不到，请清空它。
error-workbook-row-last = 最后一行的“{ $field }”要从 0 起（含 0），现在是 { $given }，更低的就没有着落了。
error-workbook-rating-order = “评分”要逐行变小，上一行是 { $before }，这里是 { $given }。
error-workbook-counted-unreachable = 这一等永远轮不到：“未达到占比”要逐行变大，上一行是 { $before }，这里是 { $given }。
error-workbook-counted-last = 最后一等要什么都容得下（“未达到占比”是 1），人人才有着落；现在是 { $given }。
error-workbook-deduction-on-scale = 等级制没有总分，扣分项“{ $id }”无处可扣，请删掉这一行。
error-workbook-grades-on-scale = 等级制没有总分，不能划分级内等，请清空“级内等规则”和“级内等”表。
error-workbook-released-changed = { $id } 第 { $version } 版已经发布，只能改文字。要改内容，请把版本写成 { $next }。
error-workbook-unwritable = 标准“{ $id }”里有一段文字放进工作簿就会走样（{ $start }）：最多 { $most } 个字符，不能有控制字符，不能以撇号加等号开头。
error-workbook-other = “{ $file }”不是标准的工作簿：里面没有“标准”“级别”“要素”这些表。请先导出一个标准，在那份文件上改。

# 两个版本有什么不同
standard-change-none = 两个版本的内容和文字都一样。
standard-change-meaning = 内容有 { $count } 处不同：
standard-change-wording = 只是文字有 { $count } 处不同：
standard-change-nothing = （空）
standard-change-added = ＋ 新增：{ $what }{ $where ->
    [none] {""}
   *[other] （{ $where }）
}
standard-change-removed = － 删去：{ $what }{ $where ->
    [none] {""}
   *[other] （{ $where }）
}
standard-change-moved = ⇄ 移动：{ $what }{ $before ->
    [none] { $where ->
        [none] {" "}换了先后
       *[other] {""}（{ $where }）换了先后
    }
   *[other] {" "}从“{ $before }”到“{ $where }”
}
standard-change-weighed = ⚖ 权重：{ $what }{ $where ->
    [none] {""}
   *[other] （{ $where }）
}，{ $field } { $before } → { $after }
standard-change-changed = ● 规则：{ $what }{ $where ->
    [none] {""}
   *[other] （{ $where }）
}，{ $field } { $before } → { $after }
standard-change-reworded = ✎ 文字：{ $what }{ $where ->
    [none] {""}
   *[other] （{ $where }）
}，{ $field } { $before } → { $after }
standard-change-line = ⚖ 权重：{ $what }（{ $where }），合占原文一行权重的条目 { $before } → { $after } 条
