# 提醒
reminder-title = ⏰ 你有 { $count } 份评审待完成
reminder-row = { $name } · 完成 { $percent }% · { $due }
reminder-today = 今天截止
reminder-tomorrow = 明天截止
reminder-in-days = 还有 { $days } 天
reminder-overdue = 已逾期 { $days } 天
reminder-rest = 另有 { $count } 份，最早 { $due } 截止。/reviews 看全部
reminder-replaced = 这条提醒已由新的一条代替。
reminder-snooze-hour = 1 小时后提醒
reminder-snooze-evening = 今晚提醒
reminder-snooze-tomorrow = 明天提醒
reminder-snoozed = 好的，{ $time } 再提醒你。
reminder-overdue-title = ⚠️ 有 { $count } 份评审逾期 3 天以上
reminder-overdue-row = { $assessor }评{ $subject } · { $late }
reminder-overdue-own = { $assessor }的自评 · { $late }
reminder-more = 还有 { $count } 份。
reminder-settings-quiet = 勿扰 { $from }–{ $until } 点
reminder-settings-always = 随时提醒
reminder-settings-weekends-off = 周末不提醒
reminder-settings-weekends-on = 周末也提醒
reminder-settings = 提醒
reminder-settings-zone = 时区
zone-row = 🕘 时区：{ $zone }
zone-title = 你在哪个时区？
zone-hint = 提醒和免打扰时间按这个时区来。
zone-company = { $zone }（公司）
zone-option = { $city } · { $time }
zone-city = { $city ->
    [shanghai] 北京
    [tokyo] 东京
    [singapore] 新加坡
    [kolkata] 新德里
    [dubai] 迪拜
    [moscow] 莫斯科
    [nairobi] 内罗毕
    [berlin] 柏林
    [london] 伦敦
    [sao-paulo] 圣保罗
    [new-york] 纽约
    [los-angeles] 洛杉矶
    [sydney] 悉尼
   *[other] { $name }
}
