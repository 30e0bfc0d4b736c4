# 员工这一边：自评、退回的评审、确认与申诉
employee-returned = ↩️ 退回：{ $reason }
employee-returned-button = {" "}· ↩️ 退回
employee-closed = { $state ->
    [withdrawn] 这次评估已经撤销，不用再做了。填过的都在，谢谢你花的时间！
   *[other] { $part ->
        [self] 结果已经发布，这份自评不用再做了。填过的都在，谢谢你花的时间！
       *[other] 这份评审已经交给别人，不用再做了。填过的都在，谢谢你花的时间！
    }
}
employee-acknowledge = { $appeal ->
    [possible] ✅ 确认，没有异议
   *[over] ✅ 我已知悉
}
employee-acknowledged = 已确认，谢谢！
employee-appeal = ⚖️ 申诉（{ $until } 前）
employee-appeal-ask = ⚖️ 你对哪里有异议？请写下理由，下一条消息就会作为申诉提交（不超过 { $maximum } 个字）。

    每次评估只能申诉一次。还没想好？发送 /cancel 就不提交。
employee-appealed = ⚖️ 申诉已提交。管理员会重新看这份结果，直接答复，或者请评审员重新评审；有了决定会马上告诉你。在那之前，这份结果仍然有效。
employee-taken-back = 好的，已取消，什么都没有提交。
error-answer-in-words = 请用文字回答。不想回答了？发送 /cancel。
error-acknowledged = 你已经确认过这份结果了。
