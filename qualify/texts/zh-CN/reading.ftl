# 读标准：各页的文字
reading-colon = ：
reading-version = 第 { $version } 版
reading-source = 出处：{ $source }
reading-modules = 由这几部分组成
reading-module = { $name }（{ $count } 项）
reading-levels = 级别，由低到高
reading-lost = 原文缺失

# 要求什么
reading-asks = { $level }的要求
reading-not-asked = 这一级不评这个要素。
reading-own = { $level }另外要求：
reading-inherited-above = { $level }的要求（上面那些），这一级同样适用。
reading-inherited = { $level }的要求，这一级同样适用：
reading-marks = （{ $marks }）
reading-between = ；
reading-key = 关键条件
reading-minimum = 做得更好也算达到
reading-restored = 原文此处缺失，按同类内容补回
reading-one-line = 第 { $numbers } 条出自原文同一行，合占一条的分量。
reading-meaning = 类别和级别

# 考试
reading-subjects = 考这些科目
reading-subject = { $name }：满分 { $maximum }，占 { $weight }%
reading-covers = 复习：{ $lists }
reading-prepares = 考它的是：{ $exam }
reading-composite = 各科折成百分制，按比重合成知识综合得分，再排名次。
reading-ranking = 跟谁排名
reading-regulation = 依据：{ $regulation }
reading-exam-bands = 加权平均分 → 评分
reading-exam-band = { $low }–{ $high } 分 → { $rating }
reading-exam-gaps = 平均分有小数，或者有缺考
reading-exam-points = 怎样折成评分
reading-exam-points-how = 评分 = 加权平均分 ÷ 100 × 这个要素的满分。

# 怎么评
reading-answers = 先逐条回答
reading-answers-how = 达到算 1，部分达到算 ½，未达到算 0，未观察到不计入。得到的平均数就是达到率。
reading-lines-how = 出自原文同一行的几条，合占一条的分量。
reading-scale = 每个要素评几分
reading-target = {" "}← 本级的标准
reading-targets = 另定了标准的要素
reading-targets-how = 评分跟它比较；建议几分不变，仍看达到率。
reading-target-of = { $name }：标准 { $target } 分
reading-own-target = （标准 { $target } 分）
reading-suggestion = 建议几分
reading-share = { $kind ->
    [above] 达到率高于 { $share }% → { $rating }
    [only] 达到率 { $share }% → { $rating }
   *[from] 达到率 { $share }% 起 → { $rating }
}
reading-exceeding-how = 本级全部达到，高一级的条目也至少达到 { $share }%。
reading-exceeding-top = 这是最高一级：由评审员直接评，并说明原因。
reading-points = 每个要素评几分
reading-points-how = 从 0 分到这个要素的满分，每 { $step } 分一档。各要素相加，减去扣分，就是总分；最低 0 分，满分 100 分。
reading-points-suggestion = 满分 × 达到率，四舍五入到 { $step } 分。评审员可以改，要说明原因。
reading-assessors = 有几位评审员时
reading-deduction = 这一级要求 { $required } 篇，每少一篇扣 { $points } 分。
reading-window = 只计申请日期前 { $months } 个月内被采用的，首尾两天都算。
reading-adopted = 由{ $by }采用。
reading-kinds = 算数的有：{ $kinds }。
reading-grades = { $rule ->
    [counting] 级内等
   *[bands] 级内等的分数线
}
reading-grade = { $grade }：{ $total } 分起
reading-counting = 关键条件全部达到，再看其余条目有多少未达到：
reading-counted = { $grade }：不超过 { $unmet }%
reading-keys = 关键条件
reading-key-unmet = 关键条件未达到时
reading-key-how = 总分照常显示，但不授予这个级别。
reading-key-none = 这一级没有关键条件。
reading-eligibility = 申请条件
reading-service-years = 工龄满 { $years } 年。
reading-appraisals = { $last ->
    [1] 最近一次考核为：{ $accepted }。
   *[other] 最近 { $last } 次考核都为：{ $accepted }。
}
reading-level-held = { $months ->
    [0] 已取得{ $level }。
   *[other] 已取得{ $level }，满 { $months } 个月。
}

# 约定
reading-agreed-mark = ＊ 原文没有规定，是这里的约定。

# 聊天：读标准
command-standard = 标准：要求什么、怎么评
reading-choose = 📘 想看哪一级的标准？
reading-choose-own = 📘 想看哪一级的标准？⭐ 是你的。
reading-choice = { $level } · { $standard }
reading-heading = { $standard } · { $level }
reading-earlier = { $name }（第 { $version } 版）
reading-hint = 点数字，看每个要素要求什么。
reading-page = （{ $page }/{ $pages }）
reading-to-about = 📖 讲的是什么
reading-to-rating = 📏 怎么评
reading-to-exams = 📝 考试
reading-to-lists = 📚 复习范围
reading-to-agreed = 🤝 约定
reading-to-elements = ☰ 全部要素
reading-to-choice = ☰ 换标准或级别
reading-to-result = ‹ 回到结果说明
reading-below = ⬇️ { $level }
reading-above = ⬆️ { $level }
reading-info = ℹ️ 标准
reading-learn = 📚 接下来学什么
reading-learn-hint = 点数字，看这一级和高一级各要求什么。
reading-learn-lacking = 还可以提高
reading-learn-met = 已经够分
reading-learn-row = { $number }. { $name }  { $rating } / { $target }
