# 单位自定的设置：哪里不对，怎样才对
error-settings-fixed = “{ $field }”是标准本身的内容，不能在设置里改；要改，请把 { $id } 复制成 v{ $next }.yaml 另出一版。设置里可以写的是：{ $legal }。
error-settings-unknown = { $field ->
    [targets] 没有要素“{ $given }”
    [weights] 没有科目“{ $given }”
   *[grades] 没有级内等“{ $given }”
}，可以写的是：{ $legal }。
error-settings-absent = { $id } v{ $version } 没有这条规则，“{ $field }”无处可设，请删掉{ $field ->
    [targets] ；分值制以满分为标准，要改高低，另出一版改 points
   *[other] {""}
}。
error-settings-of-the-source = “{ $field }”是原标准定的（没有标 { $field ->
    [exam_bands] bands_assumed
   *[other] assumed
}），不能在设置里改，请删掉；原标准改了，请另出一版 v{ $next }.yaml。
error-settings-weight-of-the-source = 科目“{ $field }”的权重是原标准定的（没有标 weights_assumed），不能在设置里改，请删掉；原标准改了，请另出一版 v{ $next }.yaml。
error-settings-past = 设置不能从过去的日期（{ $given }）起用：那以后开启的评估没有按它算。最早写今天：{ $today }。

# 单位自定的设置：是哪一份，改了什么
own-note = 按本单位第 { $number } 号设置计算（{ $since } 起用）。
own-nothing = 没有改动，照发布的标准。
own-target = { $name } · { $level }：标准 { $before } 分 → { $after } 分
own-weight = { $name }{ $level ->
    [all] {""}
   *[other] {" "}· { $level }
}：权重 { $before } → { $after }
own-row = { $sign } { $begins } → { $to }
own-suggestion = 达到率 → 建议分：{ $rows }
own-next-level = 建议超标，要求高一级达到：{ $before }% → { $after }%
own-exam-bands = 考试平均分 → 评分：{ $rows }
own-untaken = 一科都没考，评为：{ $before } 分 → { $after } 分
own-grade = { $name }：{ $rule ->
    [counting] 未达到的不超过 { $before }% → { $after }%
   *[bands] { $before } 分起 → { $after } 分起
}
error-settings-unknown-number = 没有第 { $given } 号设置。现有：{ $known }。
