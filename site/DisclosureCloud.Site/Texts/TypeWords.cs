using System.Collections.Frozen;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What sort of value a field holds, in words. A language left out does not compile.</summary>
internal sealed record TypeWords(string Chinese, string English)
{
    private static readonly FrozenDictionary<Type, TypeWords> Known = new Dictionary<Type, TypeWords>
    {
        [typeof(FundId)] = new("专账编号", "id of a fund"),
        [typeof(ProjectId)] = new("项目编号", "id of a project or programme"),
        [typeof(NoticeId)] = new("公示编号", "id of a notice"),
        [typeof(PlanItemId)] = new("入库项目编号", "id of an item of the project library"),
        [typeof(EntryId)] = new("记录编号", "id of an entry"),
        [typeof(StreamName)] = new("台账流名称", "name of a stream of the ledger"),
        [typeof(KindSchema)] = new("记录种类的名称，见上", "name of a kind, as listed above"),
        [typeof(DepartmentId)] = new("部门代号", "id of a department"),
        [typeof(PersonId)] = new("经办人编号，由身份系统给定，不是姓名", "id of a person, as the identity provider gives it; not a name"),
        [typeof(ValuePointer)] = new("JSON 指针（RFC 6901），指向记录里的一个值", "JSON pointer (RFC 6901) to a value of an entry"),
        [typeof(RegionCode)] = new("地区代码（GB/T 2260；无代码的地方由上级代码加后缀）", "region code (GB/T 2260, with a suffix for places that have none)"),
        [typeof(Sha256Hex)] = new("SHA-256 校验值", "SHA-256, in hexadecimal"),
        [typeof(ReleaseVersion)] = new("程序版本号", "version of a release"),
        [typeof(SigningKey)] = new("P-256 公钥（SubjectPublicKeyInfo，base64）", "public key of the curve P-256 (SubjectPublicKeyInfo in base64)"),
        [typeof(EvidenceFile)] = new("证明文件编号；存证日志另记文件内容的盐值哈希", "id of an evidence file; the log holds a salted hash of its bytes beside it"),
        [typeof(Money)] = new("金额（台账以分为单位）", "amount of money (kept in fen)"),
        [typeof(BudgetYear)] = new("年度", "year"),
        [typeof(Percent)] = new("百分数，整数", "whole percent"),
        [typeof(DateOnly)] = new("日期", "date"),
        [typeof(bool)] = new("是或否", "yes or no"),
        [typeof(FreeText)] = new("文字", "text"),
        [typeof(Headcount)] = new("户数或人数（不足10不公布）", "number of households or persons (not published under 10)"),
        [typeof(Fingerprint)] = new("内容指纹（从不公布）", "fingerprint of the content (never published)"),
    }.ToFrozenDictionary();

    private static readonly TypeWords Code = new("代码，见下", "code, listed below");
    private static readonly TypeWords Id = new("编号", "id");
    private static readonly TypeWords Whole = new("整数", "whole number");
    private static readonly TypeWords Group = new("一组字段", "group of fields");

    /// <summary>A type that nobody has given words yet has those of what it is: a code, an id, a number, a group of fields.</summary>
    public static TypeWords Of(Type type) => Known.GetValueOrDefault(type) ?? type switch
    {
        { IsEnum: true } => Code,
        _ when type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>)) => Id,
        { IsValueType: true } => Whole,
        _ => Group,
    };
}
