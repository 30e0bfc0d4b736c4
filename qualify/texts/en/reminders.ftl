# Reminders
reminder-title = ⏰ Reviews waiting for you: { $count }
reminder-row = { $name } · { $percent }% done · { $due }
reminder-today = due today
reminder-tomorrow = due tomorrow
reminder-in-days = { $days } days left
reminder-overdue = { $days ->
    [one] overdue by 1 day
   *[other] overdue by { $days } days
}
reminder-rest = And { $count } more, the first due { $due }. /reviews shows all
reminder-replaced = A newer reminder has taken the place of this one.
reminder-snooze-hour = Remind in 1 h
reminder-snooze-evening = Remind tonight
reminder-snooze-tomorrow = Remind tomorrow
reminder-snoozed = All right, I'll remind you at { $time }.
reminder-overdue-title = ⚠️ Reviews overdue by 3 days or more: { $count }
reminder-overdue-row = { $assessor } rates { $subject } · { $late }
reminder-overdue-own = { $assessor }'s self-assessment · { $late }
reminder-more = And { $count } more.
reminder-settings-quiet = Quiet { $from }–{ $until }
reminder-settings-always = Any time
reminder-settings-weekends-off = Not on weekends
reminder-settings-weekends-on = Weekends too
reminder-settings = Reminders
reminder-settings-zone = Time zone
zone-row = 🕘 Time zone: { $zone }
zone-title = Which time zone are you in?
zone-hint = Reminders and quiet hours go by it.
zone-company = { $zone } (company)
zone-option = { $city } · { $time }
zone-city = { $city ->
    [shanghai] Beijing
    [tokyo] Tokyo
    [singapore] Singapore
    [kolkata] New Delhi
    [dubai] Dubai
    [moscow] Moscow
    [nairobi] Nairobi
    [berlin] Berlin
    [london] London
    [sao-paulo] São Paulo
    [new-york] New York
    [los-angeles] Los Angeles
    [sydney] Sydney
   *[other] { $name }
}
