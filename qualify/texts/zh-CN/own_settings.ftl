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
