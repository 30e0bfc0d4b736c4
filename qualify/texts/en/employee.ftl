# The employee's side: self-assessment, reviews given back, acknowledging and appealing
employee-returned = ↩️ Returned: { $reason }
employee-returned-button = {" "}· ↩️ returned
employee-closed = { $state ->
    [withdrawn] This assessment was withdrawn, so there is nothing left to do. All you gave is kept; thank you for your time!
   *[other] { $part ->
        [self] The result is published, so this self-assessment is no longer needed. All you gave is kept; thank you for your time!
       *[other] This review was given to somebody else, so there is nothing left to do. All you gave is kept; thank you for your time!
    }
}
employee-acknowledge = { $appeal ->
    [possible] ✅ Accept, no objection
   *[over] ✅ I have taken note
}
employee-acknowledged = Acknowledged, thank you!
employee-appeal = ⚖️ Appeal (until { $until })
employee-appeal-ask = ⚖️ What do you object to? Write it down: your next message is handed in as the appeal (at most { $maximum } characters).

    An assessment can be appealed once. Not sure yet? Send /cancel and nothing is handed in.
employee-appealed = ⚖️ Your appeal is in. An administrator looks at the result again and answers it, or has it reviewed again; you are told as soon as that is decided. Until then this result stays valid.
employee-taken-back = All right, cancelled; nothing was handed in.
error-answer-in-words = Please answer in words. Rather not? Send /cancel.
error-acknowledged = You have acknowledged this result already.
