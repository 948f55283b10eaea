using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>A public notice as it was published. Its table is the entries from <c>firstEntry</c> to <c>lastEntry</c>.</summary>
[Kind("notice", "公示公告", "notice", Posted = false)]
public sealed record Notice(
    [Field("公示编号", "The notice's id", Name = "notice", Key = true)] NoticeId NoticeId,
    [Field("专账编号", "The fund that it speaks of", Name = "fund")] FundId FundId,
    [Field("形式", "Before the decision takes effect, after it, or a document reproduced")] NoticeForm Form,
    [Field("发布单位", "The body that published it, as it signs")] FreeText Authority,
    [Field("标题", "Its title")] FreeText Title,
    [Field("预算年度", "The budget year")] BudgetYear FiscalYear,
    [Field("地区代码", "The region it is about")] RegionCode Region,
    [Field("地区名称,自省级起", "The names of that region, from the province down", Required = true)] ImmutableArray<FreeText> RegionNames,
    [Field("总额", "The total that it states")] Money Total,
    [Field("未安排金额", "Stated as not yet allocated")] Money? Unallocated,
    [Field("发布日期", "When it was published")] DateOnly? Published,
    [Field("来源网址", "Where")] FreeText? SourceUrl,
    [Field("文号", "Its document number")] FreeText? DocumentNumber,
    [Field("预算科目", "The budget subject")] FreeText? BudgetSubject,
    [Field("公示期起", "The first day of its period")] DateOnly? PeriodFrom,
    [Field("公示期止", "The last day of its period; none where it is open for ever")] DateOnly? PeriodTo,
    [Field("分配原则", "The principles of allocation that it states")] ImmutableArray<FreeText> Principles,
    [Field("监督电话", "Official hotlines as printed")] ImmutableArray<FreeText> SupervisionPhones,
    [Field("绩效产出", "The output that it states")] FreeText? PerformanceOutput,
    [Field("受益户数", "Households that benefit")] Headcount? BeneficiaryHouseholds,
    [Field("受益人数", "Persons that benefit")] Headcount? BeneficiaryPersons,
    [Field("转录说明", "A note by whoever transcribed it; not the authority's")] FreeText? TranscriptionNote,
    [Field("首条记录", "The first entry of its table")] EntryId FirstEntry,
    [Field("末条记录", "The last entry of its table")] EntryId LastEntry,
    [Field("内容指纹", "By which the same notice is known again")] Fingerprint Content) : Fact, IOfFund;

/// <summary>That the site was published: from which position of the ledger, as of which date, and the hash of its manifest.</summary>
[Kind("publication", "发布", "publication", Posted = false)]
public sealed record Publication(
    [Field("台账位置", "How many entries it shows, publications not counted")] long Position,
    [Field("截止日期", "The only today that its pages know")] DateOnly AsOf,
    [Field("上一次发布", "The publication before it")] EntryId? Previous,
    [Field("清单哈希", "SHA-256 of data/manifest.json")] Sha256Hex ManifestSha256,
    [Field("内容版本", "What made the pages: SHA-256 over the site's code, texts and settings")] Sha256Hex ContentVersion,
    [Field("存证点大小", "Tree size of the checkpoint that covered all it shows; not stated in those recorded before the log")] long? TreeSize,
    [Field("程序版本", "The release that made this publication; not stated in those recorded before releases had a version", Name = "version")] ReleaseVersion? Release) : Fact, IOfProgram;
