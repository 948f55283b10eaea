using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Every word of the site that is ours, once a language. A member left out of a language does not compile.</summary>
/// <remarks>Holes of a <see cref="Phrase"/> mean the same in both languages: a test compares them.</remarks>
internal sealed partial record Texts
{
    // Site.
    public required string SiteName { get; init; }
    public required string SiteLine { get; init; }
    public required string LanguageName { get; init; }
    public required string SkipToContent { get; init; }
    public required string MainNavigation { get; init; }
    public required string Breadcrumb { get; init; }
    public required string Home { get; init; }
    public required string AboutThisSite { get; init; }
    public required string TrialShort { get; init; }
    public required string TrialNote { get; init; }
    public required string TrialCopied { get; init; }
    public required string TrialPartlyCopied { get; init; }
    public required Phrase OperatedBy { get; init; }
    public required string Hotlines { get; init; }
    public required string NoHotlines { get; init; }
    public required Phrase AsOfLine { get; init; }
    public required string DataOfThisPage { get; init; }

    // Figures.
    public required string YuanAfter { get; init; }
    public required long LargeFrom { get; init; }
    public required long LargeUnit { get; init; }
    public required string LargeAbout { get; init; }
    public required string LargeAfter { get; init; }
    public required Phrase LargeBeside { get; init; }
    public required string NextPage { get; init; }
    public required Phrase PageOfPages { get; init; }
    public required string PagesOfTheList { get; init; }
    public required string PreviousPage { get; init; }
    public required string NotStated { get; init; }
    public required string Withheld { get; init; }
    public required string UnderTen { get; init; }
    public required string NotShown { get; init; }
    public required Phrase Date { get; init; }
    public required IReadOnlyList<string> Months { get; init; }
    public required Phrase Others { get; init; }
    public required string Total { get; init; }
    public required Phrase InYuan { get; init; }
    public required Phrase OfFund { get; init; }
    public required string WholePlace { get; init; }
    public required string LargeAfterShort { get; init; }
    public required string AmountYuan { get; init; }

    // Nouns.
    public required string Regions { get; init; }
    public required string Funds { get; init; }
    public required string Fund { get; init; }
    public required string Projects { get; init; }
    public required string Project { get; init; }
    public required string Notices { get; init; }
    public required string Notice { get; init; }
    public required string Data { get; init; }
    public required string About { get; init; }
    public required string Glossary { get; init; }
    public required string Status { get; init; }
    public required string Place { get; init; }
    public required Phrase BudgetYear { get; init; }
    public required string Number { get; init; }

    // Home.
    public required string HomeTitle { get; init; }
    public required string AlsoPaidFrom { get; init; }
    public required Phrase HomeAnswer { get; init; }
    public required Phrase HomeAnswerWithPassDowns { get; init; }
    public required string NothingYet { get; init; }
    public required string OpenNow { get; init; }
    public required Phrase NothingOpen { get; init; }
    public required string FindYourVillage { get; init; }
    public required string FindLabel { get; init; }
    public required string FindHint { get; init; }
    public required string FindNone { get; init; }
    public required string AllRegions { get; init; }
    public required string LatestNotices { get; init; }
    public required Phrase AllNotices { get; init; }

    // The way of the money.
    public required string HowFar { get; init; }
    public required string FunnelTable { get; init; }
    public required string Stage { get; init; }
    public required string Meaning { get; init; }
    public required string Given { get; init; }
    public required string GivenMeaning { get; init; }
    public required string PassedDown { get; init; }
    public required string PassedDownMeaning { get; init; }
    public required string PassedDownReceived { get; init; }
    public required Phrase PassedDownPartly { get; init; }
    public required string Allocated { get; init; }
    public required string AllocatedMeaning { get; init; }
    public required string Paid { get; init; }
    public required string PaidMeaning { get; init; }
    public required string StatedNothingPaid { get; init; }
    public required string Unreported { get; init; }
    public required string UnreportedMeaning { get; init; }
    public required string Free { get; init; }
    public required string FreeMeaning { get; init; }
    public required Phrase FindingPassedDown { get; init; }
    public required Phrase FindingPassedDownReceived { get; init; }
    public required Phrase FindingNobodyReported { get; init; }
    public required Phrase FindingPaid { get; init; }
    public required Phrase FindingPaidPartly { get; init; }
    public required string FromWhomToWhere { get; init; }
    public required Phrase FindingFlow { get; init; }
    public required string ByLevel { get; init; }
    public required string LevelHead { get; init; }
    public required string ByNature { get; init; }
    public required string NatureHead { get; init; }
    public required string WhereItWent { get; init; }
    public required string RegionsTable { get; init; }
    public required string ForHere { get; init; }
    public required string OfWhichPassedDown { get; init; }
    public required string NotDivided { get; init; }
    public required Phrase FindingLargest { get; init; }
    public required Phrase FindingTied { get; init; }

    // Funds.
    public required Phrase FundsAnswer { get; init; }
    public required string FundsTable { get; init; }
    public required Phrase FundAnswer { get; init; }
    public required Phrase FundAnswerNothing { get; init; }
    public required Phrase FundAnswerPassedDown { get; init; }
    public required Phrase FundAnswerBoth { get; init; }
    public required string Sources { get; init; }
    public required string SourcesTable { get; init; }
    public required string SourceHead { get; init; }
    public required string WhatItIsFor { get; init; }
    public required string UsesTable { get; init; }
    public required string ProjectOrPurpose { get; init; }
    public required string Movements { get; init; }
    public required string MovementsTable { get; init; }
    public required string Movement { get; init; }
    public required string When { get; init; }
    public required string In { get; init; }
    public required string Out { get; init; }
    public required string Balance { get; init; }
    public required string PaymentRecords { get; init; }
    public required string Payments { get; init; }
    public required string PaymentsTable { get; init; }
    public required string PaymentNature { get; init; }
    public required string NobodyReportedPayments { get; init; }
    public required string Principles { get; init; }
    public required string Provenance { get; init; }
    public required string KeptBy { get; init; }
    public required string BudgetSubject { get; init; }
    public required string DocumentNumber { get; init; }
    public required string FundId { get; init; }

    // Projects.
    public required Phrase ProjectsAnswer { get; init; }
    public required Phrase ProjectAnswerUnreported { get; init; }
    public required Phrase ProjectAnswerNothingPaid { get; init; }
    public required Phrase ProjectAnswerPaid { get; init; }
    public required string WhatIsDone { get; init; }
    public required string HowMuch { get; init; }
    public required string TotalInvestment { get; init; }
    public required string SelfRaised { get; init; }
    public required string RowStandsFor { get; init; }
    public required Phrase ProjectsCounted { get; init; }
    public required string Where { get; init; }
    public required string ResponsibleUnit { get; init; }
    public required string DueWhen { get; init; }
    public required string PaidSoFar { get; init; }
    public required string Remark { get; init; }
    public required string History { get; init; }
    public required Phrase RowOfNotice { get; init; }
    public required string ProjectIdLabel { get; init; }

    // Places.
    public required Phrase RegionsAnswer { get; init; }
    public required string AllPlaces { get; init; }
    public required Phrase RegionAnswer { get; init; }
    public required Phrase RegionAnswerPassedDown { get; init; }
    public required Phrase RegionAnswerPassedDownWithin { get; init; }
    public required Phrase RegionAnswerBoth { get; init; }
    public required Phrase RegionAnswerNothing { get; init; }
    public required string ProjectsHere { get; init; }
    public required string ProjectsOfWholePlace { get; init; }
    public required string Objections { get; init; }
    public required string WhomToCall { get; init; }
    public required string NoPhonePrinted { get; init; }
    public required Phrase AsPrintedIn { get; init; }
    public required string PeriodNotStated { get; init; }
    public required string NoPeriodByForm { get; init; }
    public required string PassedDownToHere { get; init; }
    public required string Transferred { get; init; }
    public required string FromFund { get; init; }
    public required string RegionCodeLabel { get; init; }
    public required string PlaceAbove { get; init; }

    // Notices.
    public required Phrase NoticesAnswer { get; init; }
    public required Phrase PeriodFromTo { get; init; }
    public required Phrase OpenForEver { get; init; }
    public required Phrase DaysLeft { get; init; }
    public required Phrase IsOpen { get; init; }
    public required Phrase NotYetOpen { get; init; }
    public required Phrase IsOver { get; init; }
    public required Phrase NoticeBody { get; init; }
    public required string NoticeTable { get; init; }
    public required string NoticeWithoutTable { get; init; }
    public required string ContentHead { get; init; }
    public required string StatedUnallocated { get; init; }
    public required string Performance { get; init; }
    public required string Output { get; init; }
    public required string Households { get; init; }
    public required string Persons { get; init; }
    public required string SupervisionPhones { get; init; }
    public required string OurNote { get; init; }
    public required string SourceOfNotice { get; init; }
    public required string SourceExplained { get; init; }
    public required string PublishedAt { get; init; }
    public required Phrase PostedHereBy { get; init; }

    // Departments.
    public required string Departments { get; init; }
    public required string Department { get; init; }
    public required string PostedBy { get; init; }
    public required Phrase DepartmentsAnswer { get; init; }
    public required string DepartmentsTable { get; init; }
    public required Phrase DepartmentAnswer { get; init; }
    public required Phrase DepartmentAnswerImported { get; init; }
    public required Phrase DepartmentAnswerBoth { get; init; }
    public required string OfWhichImported { get; init; }
    public required string LatestRecorded { get; init; }
    public required string TellsOf { get; init; }
    public required Phrase FromTo { get; init; }
    public required string WhatItPosted { get; init; }
    public required string ByKindCaption { get; init; }
    public required string HowLate { get; init; }
    public required string HowLateCaption { get; init; }
    public required string WayPosted { get; init; }
    public required string WayImported { get; init; }
    public required string Undated { get; init; }
    public required string HalfWithin { get; init; }
    public required string Longest { get; init; }
    public required Phrase HowLateNote { get; init; }
    public required string ImportedNote { get; init; }
    public required string EntriesNewestFirst { get; init; }
    public required string EntriesCaption { get; init; }
    public required string AboutWhat { get; init; }
    public required string RecordedOn { get; init; }
    public required string DaysLater { get; init; }
    public required string Imported { get; init; }

    // Data.
    public required string DataTitle { get; init; }
    public required string DataAnswer { get; init; }
    public required string TablesCaption { get; init; }
    public required string TablesOfKinds { get; init; }
    public required Phrase TableOfKind { get; init; }
    public required string TableHead { get; init; }
    public required string Holds { get; init; }
    public required string Files { get; init; }
    public required string HowToRead { get; init; }
    public required IReadOnlyList<string> DataRules { get; init; }
    public required string DataPackageSays { get; init; }
    public required string ManifestSays { get; init; }

    // Data dictionary.
    public required string Dictionary { get; init; }
    public required string DictionarySays { get; init; }
    public required Phrase DictionaryAnswer { get; init; }
    public required string KindsCaption { get; init; }
    public required string NameInData { get; init; }
    public required string WhereFrom { get; init; }
    public required string KindIsPosted { get; init; }
    public required string KindIsMade { get; init; }
    public required string Fields { get; init; }
    public required string OfEveryEntry { get; init; }
    public required string OfEveryEntryCaption { get; init; }
    public required string Events { get; init; }
    public required Phrase EventsText { get; init; }
    public required Phrase EventFields { get; init; }
    public required string EventSchema { get; init; }
    public required Phrase KindPosted { get; init; }
    public required Phrase KindMade { get; init; }
    public required string AllKinds { get; init; }
    public required string FieldsCaption { get; init; }
    public required string FieldHead { get; init; }
    public required string TypeHead { get; init; }
    public required Phrase ListOf { get; init; }
    public required Phrase LimitFromTo { get; init; }
    public required Phrase LimitLength { get; init; }
    public required Phrase LimitItems { get; init; }
    public required string StatedHead { get; init; }
    public required string StatedAlways { get; init; }
    public required string StatedAtTimes { get; init; }
    public required string StatedByNotice { get; init; }

    public required string StatedByApproval { get; init; }
    public required string InTheLog { get; init; }
    public required string LeafValue { get; init; }
    public required Phrase LeafValueAs { get; init; }
    public required string LeafCommitment { get; init; }
    public required string CommitmentMeaning { get; init; }
    public required string CodeLists { get; init; }
    public required string CodeHead { get; init; }
    public required string SchemaHead { get; init; }
    public required string SchemaText { get; init; }
    public required string SchemaOfTheInterface { get; init; }

    // Glossary and about.
    public required string GlossaryAnswer { get; init; }
    public required string AboutTitle { get; init; }
    public required string AboutAnswer { get; init; }
    public required IReadOnlyList<MethodSection> Method { get; init; }
    public required string WhatIsMissing { get; init; }
    public required string WhatIsMissingIntro { get; init; }
    public required Phrase MissingPayments { get; init; }
    public required Phrase MissingDue { get; init; }
    public required Phrase MissingUnit { get; init; }
    public required Phrase MissingPlace { get; init; }
    public required Phrase MissingDate { get; init; }
    public required Phrase MissingPhone { get; init; }
    public required Phrase MissingPeriod { get; init; }
    public required Phrase MissingReceipts { get; init; }

    // Status and not found.
    public required string StatusTable { get; init; }
    public required string Kind { get; init; }
    public required string HowMany { get; init; }
    public required string Entries { get; init; }
    public required string Allocations { get; init; }
    public required string PassDowns { get; init; }
    public required string StatusFile { get; init; }
    public required string NotFound { get; init; }
    public required string NotFoundText { get; init; }

    // Codes.
    public required Func<SourceLevel, string> Level { get; init; }
    public required Func<SourceLevel, string> LevelShort { get; init; }
    public required Func<SourceNature, string> Nature { get; init; }
    public required Func<NoticeForm, string> Form { get; init; }
    public required Func<ProjectType, string> ProjectKind { get; init; }
    public required Func<DisbursementNature, string> PaymentOf { get; init; }
    public required Func<ProgressStage, string> StageOf { get; init; }
    public required Func<AcceptanceResult, string> ResultOf { get; init; }
    public required Func<Programme, string> ProgrammeOf { get; init; }
    public required Func<PlanCategory, string> CategoryOf { get; init; }
    public required Func<string, string> Table { get; init; }
    public required Func<string, string> TableHolds { get; init; }

    /// <summary>A code in words; null where its list has none yet.</summary>
    public string? CodeWord(Enum code) => code switch
    {
        SourceLevel it => Level(it),
        SourceNature it => Nature(it),
        NoticeForm it => Form(it),
        ProjectType it => ProjectKind(it),
        DisbursementNature it => PaymentOf(it),
        ProgressStage it => StageOf(it),
        AcceptanceResult it => ResultOf(it),
        Programme it => ProgrammeOf(it),
        PlanCategory it => CategoryOf(it),
        _ => null,
    };
}

/// <summary>A part of the page that says how the site works.</summary>
internal sealed record MethodSection(string Title, IReadOnlyList<string> Paragraphs);
