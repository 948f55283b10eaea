namespace DisclosureCloud.Site;

/// <summary>The words of the pages that follow money from plan to asset, each in both languages. Words of a list of codes: <see cref="CodeWords"/>.</summary>
internal static class MoneyWords
{
    // Stages.
    public static Both Interest => new("利息", "Interest");
    public static Both InterestMeaning => new("专户存款产生的利息，归这项资金", "Earned on the fund’s account; it belongs to the fund");
    public static Both Return => new("上缴", "Returned to source");
    public static Both ReturnMeaning => new("已交回来源的钱", "Money that went back to where it came from");
    public static Both Lent => new("借出", "Lent");
    public static Both LeftToLend => new("可借出", "Left to lend");
    public static Both LeftToLendMeaning => new("在账上、还没有借出的钱", "In the account, and not lent");
    public static Both LentMeaning => new("周转金累计借出，还了再借的每次都算", "Lent by revolving funds; what is lent twice counts twice");
    public static Both CameBackOfLoans => new("借款归还", "Paid back on loans");
    public static Both CameBackOfLoansMeaning => new("归还的本金和占用费，可以再借", "Principal and fees, which can be lent again");
    public static Both Committed => new("签订合同", "Under contract");
    public static Both CommittedMeaning => new("已与承包单位签订的合同金额", "What contracts with contractors come to");
    public static Both CommittedNotStated => new("没有人公布合同，不等于没有签", "Nobody has posted a contract; that is not the same as none");
    public static Both Moved => new("其中：已拨到单位", "of which moved");
    public static Both MovedMeaning => new("拨到单位、还没有报账的钱，不算支出", "Sent to units that have not accounted for it; not spent yet");
    public static Both Placed => new("其中：存出的风险补偿金", "of which placed");
    public static Both PlacedMeaning => new("作为保证金存出，不算支出", "Placed as a deposit; not spent");
    public static Both Spent => new("其中：已支出", "of which spent");
    public static Both SpentMeaning => new("已付出，既不在单位待报账，也不是存出的", "Paid, and neither moved nor placed");
    public static Both Unspent => new("未支出", "Unspent");
    public static Both UnspentMeaning => new("没有拨付的钱；拨付未载明的安排不算在内", "Not paid out; allocations whose payment is not stated are left out");
    public static Both HomeAnswerOfPostings => new("下达扶贫资金{1}；已作{2}笔安排，共{3}。", "{1} of poverty-alleviation money given, {3} shared out in {2} {2:allocation|allocations}.");
    public static Both FindingLent => new("周转金{1}，累计借出{0}。", "{0} has been lent, of {1} given.");
    public static Both FindingPassedDownPartly => new("{0}已转下达下级政府，其中{1}下级尚未公布收到。", "{0} was sent to lower governments; the receipt of {1} is not yet posted.");
    public static Both FindingFree => new("{0}还没有安排。", "{0} is not shared out yet.");

    // Sources.
    public static Both BeforeLog => new("期初（建账前）", "before the log");
    public static Both BeforeLogShort => new("建账前", "Before log");
    public static Both BeforeLogSource => new("建账前，来源未载明", "from before the log, source not stated");
    public static Both OpeningOfFund => new("建账前已下达{0}，利息{1}，上缴{2}，转下达{3}；依据：{4}。这些数没有逐笔记录。", "From before the log: given {0}, interest {1}, returned {2}, passed down {3}; taken from {4}. There is no entry for each.");
    public static Both InAdvance => new("提前下达，1月1日起算", "notified in advance; its clocks start on 1 January");
    public static Both InterestTable => new("账户利息", "Interest earned on the account");
    public static Both Period => new("期间", "Period");
    public static Both SharesTable => new("每笔安排用的是哪来的钱", "Which source pays for what");
    public static Both Recorded => new("已记录", "recorded");
    public static Both Computed => new("推算，未记录", "computed, not recorded");
    public static Both ComputedMeaning => new("推算：没有写明用哪笔资金的安排，按此前已记录的各来源余下的钱的比例分，尾差归余数最大的；以后下达的资金不改变它。", "Computed: an allocation that names no source draws on what is left of the sources recorded before it, in proportion, by the largest remainder; money that comes later does not change it.");
    public static Both OtherIncome => new("占用费等其他收入", "other income, such as fees");

    // Contracts.
    public static Both Contract => new("合同", "Contract");
    public static Both Contracts => new("合同", "Contracts");
    public static Both ContractsTable => new("合同金额、已付和留存的质保金", "Contracts, what was paid, and what is retained");
    public static Both Contractor => new("承包单位", "Contractor");
    public static Both ContractAmount => new("合同金额", "Amount");
    public static Both AdvanceMax => new("可预付（元）", "Advance allowed (yuan)");
    public static Both DueOn => new("约定完工：{0}", "due {0}");
    public static Both Retained => new("留存质保金（元）", "Retained (yuan)");
    public static Both RetainedOf => new("{0}%，共{1}", "{0}% of it, {1} in all");

    // Adjustments.
    public static Both Adjustments => new("调整", "Adjustments");
    public static Both AdjustmentMeaning => new("因故改变的金额。原来的数当时没有错，所以不叫更正。", "Amounts that changed for a reason. The old figure was right at its time: this is no correction.");
    public static Both AdjustmentsTable => new("调整前后的金额、原因、文件和批准层级", "Old and new amount, reason, document, approving tier");
    public static Both OldAmount => new("调整前", "Before");
    public static Both NewAmount => new("调整后", "After");
    public static Both Reason => new("原因", "Why");
    public static Both ApprovedAt => new("批准层级", "Approving tier");
    public static Both ApprovedBy => new("{0}批准", "approved by the {0}");
    public static Both Increase => new("调增", "Increase");
    public static Both Reduction => new("调减", "Reduction");
    public static Both NoAdjustments => new("还没有调整过任何安排。", "No allocation has been adjusted.");
    public static Both AdjustmentsAnswer => new("共{0}次调整，每次写明原数、新数、原因和批准层级。", "{0} {0:adjustment|adjustments}, each with the old and new amount, why, and who approved.");

    // Returns and pass-downs.
    public static Both Returns => new("退回和上缴", "What came back and went back");
    public static Both RefundsTable => new("项目退回的钱", "Money that came back from projects");
    public static Both Refund => new("退回", "Refund");
    public static Both ReturnsTable => new("交回来源的钱", "Money returned to where it came from");
    public static Both CameBack => new("其中退回", "Came back");
    public static Both ClaimedOf => new("已报账{0}", "accounted for: {0}");
    public static Both Claim => new("报账", "Claim");
    public static Both PassDownsTable => new("转给下级政府的钱", "Money sent to lower governments");
    public static Both Purpose => new("用途", "What for");
    public static Both Sent => new("已转下达", "Sent");
    public static Both Received => new("下级已收到", "Received");
    public static Both InBetween => new("在途", "In between");
    public static Both InBetweenMeaning => new("在途：已转下达，下级还没有公布收到。", "In between: sent, receipt not posted.");
    public static Both OfWhichAwaiting => new("其中{0}下级尚未公布收到", "of which the receipt of {0} is not posted");

    public static Both IsReceipt => new("收到{0}转下达的钱", "receipt of what {0} passed down");
    public static Both IsReceiptInPart => new("其中{1}是收到{0}转下达的钱，其余{2}按别处来的钱计", "{1} of it is the receipt of what {0} passed down; the other {2} counts as money from elsewhere");
    public static Both IsNoReceipt => new("写明是{0}转下达的，但那笔钱已全部由先入账的收到记录认领，按别处来的钱计", "named as the receipt of what {0} passed down, all of which was acknowledged before: it counts as money from elsewhere");
    public static Both PassDownNotHere => new("写明是上级转下达的，那笔转下达不在这里的账上", "named as the receipt of a pass-down that is not in these books");

    // Movements.
    public static Both MovementsTable => new("按入账顺序；余额是这一笔之后的数，下面的小数字是增减", "In the order of the ledger; balances stand after each entry, with what it changed below");
    public static Both Quantity => new("数量", "How many");
    public static Both Cash => new("账上余额", "In the account");
    public static Both CashNotStated => new("账上余额未载明：有的安排没有人公布是否已付。", "What is in the account is not stated: for some allocations nobody has said whether they were paid.");
    public static Both HouseholdBatch => new("到户补助", "Paid to households");
    public static Both Repayment => new("归还", "Repayment");
    public static Both WriteOff => new("核销", "Write-off");

    // Revolving funds.
    public static Both Revolving => new("周转情况", "How it revolves");
    public static Both RevolvingAnswer => new("这项周转金共{0}，累计借出{1}，还没有收回{2}。", "This revolving fund was given {0} and has lent {1}; {2} is outstanding.");
    public static Both Turns => new("周转了{0}次：累计借出{1}，本钱{2}。每1元本钱累计借出{0}元。", "It has turned {0} times: {1} lent, on a capital of {2}. Each yuan of capital has lent {0} yuan.");
    public static Both RevolvingTable => new("周转金的账", "The books of the revolving fund");
    public static Both Capital => new("本钱", "Capital");
    public static Both PrincipalRepaid => new("归还本金", "Principal repaid");
    public static Both Fees => new("占用费", "Fees");
    public static Both Outstanding => new("未收回", "Outstanding");
    public static Both Overdue => new("其中逾期", "of which overdue");
    public static Both WrittenOff => new("核销", "Written off");
    public static Both Identity => new("本钱{0} + 占用费{1} = 账上余额{2} + 未收回{3} + 核销{4}（元）", "capital {0} + fees {1} = in the account {2} + outstanding {3} + written off {4} (yuan)");
    public static Both LoansTable => new("每笔借款（不列借款人）", "Every loan, without the borrower’s name");
    public static Both LentOnFor => new("{0}借出，期限{1}个月", "lent on {0} for {1} {1:month|months}");
    public static Both RateOf => new("年占用费率：{0}", "yearly fee: {0}");
    public static Both DueBackOn => new("应还日期：{0} · {1}", "due {0} · {1}");
    public static Both State => new("状态", "State");
    public static Both GoodsTable => new("实物借出", "Lent in kind");
    public static Both GoodsMeaning => new("实物按数量记，不计入任何金额合计。", "Goods are counted by number and enter no total of money.");

    // The turn of the year.
    public static Both YearEnds => new("年终", "At each year’s end");
    public static Both YearEndMeaning => new("年底财政确认的数，不移动资金。没有用完的结转下年；完成、取消或连续两年没用的是结余，应收回。", "What finance confirmed; it moves no money. What is unfinished is carried over; what is finished, cancelled or two years unused is surplus, to be reclaimed.");
    public static Both YearEndsTable => new("各年结转和结余", "Carried over, and surplus, by year");
    public static Both Year => new("年度", "Year");
    public static Both CarriedOver => new("结转", "Carried over");
    public static Both Surplus => new("结余", "Surplus");
    public static Both UnusedYears => new("未用年数", "Years unused");
    public static Both ConfirmedOn => new("确认日期", "Confirmed on");
    public static Both RecordedLater => new("{0}年度关账后又入账{1}笔：", "Recorded after {0} was closed: {1} {1:entry|entries}.");

    // Integration plans and evaluations.
    public static Both IntegrationPlans => new("统筹整合方案", "Integration plans");
    public static Both IntegrationMeaning => new("经批准扩大了这项资金的用途，预算科目不变。", "Approved plans that widen what this fund may pay for. Its budget subject stays.");
    public static Both IntegrationTable => new("统筹整合方案新增的用途", "What the plans added");
    public static Both NewPurposes => new("新增用途", "Added");
    public static Both Body => new("单位", "Body");
    public static Both ListComma => new("、", ", ");
    public static Both FundType => new("类型", "Type");
    public static Both MayPayFor => new("用途", "May pay for");
    public static Both Evaluations => new("绩效评价", "Evaluations");
    public static Both EvaluationsTable => new("评价结果", "What evaluations found");
    public static Both Grade => new("等级", "Grade");
    public static Both Score => new("得分", "Score");
    public static Both Found => new("结论", "Found");

    // Projects.
    public static Both Targets => new("要达到什么", "What is to be reached");
    public static Both TargetsTable => new("绩效目标和最近的实际值", "Targets, and what was reached last");
    public static Both TargetsPlanned => new("绩效目标", "Targets");
    public static Both By => new("期限", "By");
    public static Both Indicator => new("指标", "Indicator");
    public static Both Baseline => new("原来", "Before");
    public static Both Wanted => new("目标", "Target");
    public static Both Actual => new("实际", "Actual");
    public static Both Milestones => new("哪一步该完成", "Steps");
    public static Both MilestonesTable => new("里程碑，已完成或到期日", "Milestones, done or due");
    public static Both Step => new("步骤", "Step");
    public static Both ReachedOn => new("已完成，{0}", "done, {0}");
    public static Both PastAndNotReported => new("已过期限，没有人公布是否完成", "past its day; nobody has said whether it is done");
    public static Both NotYetDue => new("未到期", "not yet due");
    public static Both HouseholdBatches => new("发到户的补助", "Paid to households");
    public static Both HouseholdTable => new("按批次合计，从不列名", "By batch, in aggregate; never a name");
    public static Both Batch => new("批次", "Batch");
    public static Both Standard => new("标准", "Standard");
    public static Both HouseholdsPaid => new("户数", "Households");
    public static Both PersonsPaid => new("人数", "Persons");
    public static Both NotShown => new("户数太少，不显示", "too few households to show");
    public static Both Failed => new("未成功", "Failed");
    public static Both AllocationsTable => new("各笔安排及调减", "Each allocation less reductions");
    public static Both LeftOfIt => new("调减后", "After reductions");
    public static Both ImplementingUnit => new("实施单位", "Carried out by");
    public static Both FinalCost => new("决算", "final cost");
    public static Both Changes => new("变更", "Changes");
    public static Both GoesOnAs => new("现已成为：", "This goes on as");
    public static Both CameFrom => new("由以下项目合并或拆分而来：", "It came from");
    public static Both WasCancelled => new("这个项目已取消。", "This project was cancelled.");

    // Assets.
    public static Both Asset => new("资产", "Asset");
    public static Both Assets => new("项目资产", "Project assets");
    public static Both AssetsTitle => new("项目留下了什么", "What projects left");
    public static Both AssetsTable => new("资产归谁、谁管、收益到了哪里", "Assets, who owns and keeps them, and their income");
    public static Both AssetsMeaning => new("资产价值和收益不是任何专项资金的钱，不计入资金合计。", "The value and income of assets are no money of any fund and enter no total of funds.");
    public static Both AssetsAnswer => new("{0}项资产，价值共{1}。", "{0} {0:asset|assets}, worth {1}.");
    public static Both NoAssets => new("还没有人公布项目资产。", "Nobody has posted a project asset yet.");
    public static Both Owner => new("权属单位", "Owner");
    public static Both CustodianIs => new("管护：{0}", "kept by {0}");
    public static Both Condition => new("状况", "Condition");
    public static Both Value => new("价值", "Value");
    public static Both Income => new("收益", "Income");
    public static Both Distributed => new("已分配", "Distributed");
    public static Both Kept => new("未分配", "Kept");
    public static Both IncomeLine => new("收益{0}，分配{1}。", "income {0}, distributed {1}.");
    public static Both IncomeHouseholds => new("受益户数：{0}", "households that benefit: {0}");

    // The project library.
    public static Both Plans => new("项目库", "Plans");
    public static Both PlansTitle => new("项目库：打算做什么", "The project library: what is planned");
    public static Both PlansAnswer => new("库里有{0}个项目，{1}个已列入年度计划；移出的不算，规划投资共{2}。", "{0} {0:item|items}, {1} of them in an annual plan. Without those removed, they are expected to cost {2}.");
    public static Both NoPlans => new("项目库里还没有公布的项目。", "Nothing has been posted to the project library yet.");
    public static Both PlansTable => new("各年度入库项目", "Items by year");
    public static Both PlanItem => new("入库项目", "Plan item");
    public static Both PlanItemId => new("入库项目编号", "Plan item id");
    public static Both Planned => new("规划投资", "Planned");
    public static Both PlanAnswerEntered => new("规划投资{0}，已入库，还没有列入年度计划。", "Expected to cost {0}. It is in the library, and not in the annual plan yet.");
    public static Both PlanAnswerInPlan => new("规划投资{0}，已列入年度计划，还没有安排资金。", "Expected to cost {0}. It is in the annual plan; no fund has taken it up yet.");
    public static Both PlanAnswerAllocated => new("规划投资{0}，已安排{1}。", "Expected to cost {0}; {1} is allocated.");
    public static Both PlanAnswerRemoved => new("规划投资{0}，已移出项目库。", "Expected to cost {0}. It was removed from the library.");
    public static Both Tiers => new("各级怎么说", "What each tier said");
    public static Both WhatBecame => new("后来怎样", "What became of it");
    public static Both NoProjectYet => new("还没有资金登记这个项目。", "No fund has taken it up as a project.");
    public static Both BecameTable => new("由它而来的项目", "Projects that carry it out");
    public static Both ProgrammeHead => new("五个一批", "Programme");
    public static Both CategoryHead => new("规划类别", "Category");
    public static Both EnteredOn => new("入库日期", "Entered on");
    public static Both PostedByHead => new("填报部门", "Posted by");

    // Corrections, withdrawals and redactions.
    public static Both Corrections => new("更正和撤销", "Corrections");
    public static Both CorrectionsTitle => new("更正、撤销和隐去", "Corrections, withdrawals and redactions");
    public static Both CorrectionsAnswer => new("{0}次更正，{1}次撤销。原来的记录都还能看到。", "{0} {0:correction|corrections} and {1} {1:withdrawal|withdrawals}. What was said before can still be read.");
    public static Both RedactionsAnswer => new("另有{0}次隐去：不该公开的文字、不该留存的文件已经删除，是谁、何时、为什么隐去的仍可看到。", "{0} {0:redaction|redactions}: words that should not have been published, or files that should not have been kept, are gone; who took them away, when and why can still be read.");
    public static Both NoCorrections => new("还没有更正、撤销或隐去过任何记录。", "Nothing has been corrected, withdrawn or redacted.");
    public static Both IsCorrected => new("已更正", "corrected");
    public static Both IsWithdrawn => new("已撤销", "withdrawn");
    public static Both IsRedacted => new("有内容已隐去", "withheld in part");
    public static Both CorrectionOf => new("更正：{0}", "Correction: {0}");
    public static Both WithdrawalOf => new("撤销：{0}", "Withdrawal: {0}");
    public static Both RedactionOf => new("隐去：{0}", "Redaction: {0}");
    public static Both WhatIsForgotten => new("下列文字或人数不该公开，已从网页、数据和存证日志的公开值中删除。金额、日期和编号不变，各项证明照样成立。", "These texts or counts should not have been public. They are gone from the pages, the data and what the log has published; amounts, dates and ids stay, and so does every proof.");
    public static Both FilesForgotten => new("下列证明文件从未公开；密钥已经销毁，谁也不能再看。记录不变，各项证明照样成立。", "These evidence files were never public. Their keys are destroyed, and nobody can read them any more; the entry stays, and so does every proof.");
    public static Both RedactionApprovedBy => new("批准人编号：{0}", "Approved by {0} (the id of a person)");
    public static Both AmendedBy => new("{0}，{1}入账", "{0}, recorded on {1}");
    public static Both ZoneOfDates => new("入账日期按{0}；数据文件中的入账时间按世界协调时（UTC）。", "Days of recording are in {0}; the data files give the time of recording in UTC.");
    public static Both BeijingTime => new("北京时间", "Beijing time");
    public static Both OtherZone => new("{0}时区", "the zone {0}");
    public static Both BeforeAndAfter => new("改了什么", "What changed");
    public static Both Field => new("字段", "Field");
    public static Both Before => new("原来", "Before");
    public static Both After => new("现在", "After");
    public static Both DateChanged => new("日期：{0} → {1}", "Date: {0} → {1}");
    public static Both NothingDiffers => new("更正后各字段与原来相同。", "Every field says what it said before.");
    public static Both WhatItSaid => new("原来写的是", "What it said");
    public static Both Withdrawn => new("已撤销的记录", "Withdrawn");
    public static Both WithdrawnMeaning => new("不计入任何合计，仍可查看。", "These count in no total and stay to be read.");
    public static Both WithdrawnTable => new("撤销的记录及原因", "What was withdrawn, and why");
    public static Both Said => new("原金额", "What it said");
    public static Both WithdrawnAnswer => new("这条记录已撤销，不计入任何合计。编号不会消失，原来写的内容如下。", "This was withdrawn and counts in no total. Its address stays, with what it said.");
    public static Both AsPrinted => new("上表按公示原文列出；有标记的，后来更正、撤销或隐去过，点开可看。", "The table stands as it was printed. What is marked was corrected, withdrawn or redacted since; the mark leads there.");

    public static Both ChangedLately => new("最近更正、撤销或隐去的", "Corrected, withdrawn or redacted lately");
    public static Both AllCorrections => new("全部{0}次更正、撤销和隐去", "All {0} {0:correction, withdrawal or redaction|corrections, withdrawals and redactions}");

    // Places.
    public static Both FormerPlaces => new("改了名称或归属的地方", "Places that go on as others");
    public static Both PlaceGoesOn => new("这个地方现在是{0}，请到那里看。", "This place is now {0}: go there.");
    public static Both PlaceGoesOnSince => new("自{1}起，这个地方是{0}，请到那里看。", "Since {1} this place is {0}: go there.");
    public static Both NowPlace => new("（现为{0}）", " (now {0})");
    public static Both NowPlaceSince => new("（{1}起为{0}）", " (since {1}: {0})");
    public static Both Formerly => new("原来的地方", "Formerly");
    public static Both UntilDay => new("至{0}", "until {0}");
    public static Both PlaceOfNothing => new("这里目前没有记录的资金。", "No money is recorded for this place.");
    public static Both UnitGoesOn => new("这个单位的工作现由{0}承担。", "This department goes on as {0}.");
    public static Both CreditCode => new("统一社会信用代码", "Unified social credit code");
    public static Both Accounts => new("经办账号", "Accounts that act for it");
    public static Both AccountsByRole => new("可填报的{0}个，可审核的{1}个；其他账号不能代办。", "{0} can post, {1} can approve; no other account can.");
    public static Both Credit => new("扶贫小额信贷", "Bank loans to poor households");
    public static Both CreditMeaning => new("银行放的贷款，不是任何专项资金的钱，不计入合计。", "Lent by banks: no money of any fund, and in no total here.");
    public static Both CreditTable => new("各期放贷情况，合计数", "By period, in aggregate");
    public static Both BorrowingHouseholds => new("获贷户数", "Households with a loan");

    // About.
    public static Both CountCorrections => new("更正{0}次，撤销{1}次，隐去{2}次。", "{0} {0:correction|corrections}, {1} {1:withdrawal|withdrawals}, {2} {2:redaction|redactions}.");
    public static Both MissingContracts => new("{1}个项目中，{0}个没有人公布合同。", "{0} of {1} {1:project|projects}: nobody has posted a contract.");
    public static Both MissingTargets => new("{1}个项目中，{0}个没有载明绩效目标。", "{0} of {1} {1:project|projects}: no target is stated.");
    public static Both MissingPlans => new("{1}个项目中，{0}个没有写明来自项目库的哪一项。", "{0} of {1} {1:project|projects}: no item of the project library is named.");
    public static Both ComputedShares => new("{1}笔安排中，{0}笔没有写明用的是哪笔资金，只能推算。", "{0} of {1} {1:allocation|allocations} {0:names|name} no source; the shares shown are computed.");
}
