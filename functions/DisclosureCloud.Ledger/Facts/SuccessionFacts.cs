using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>A department as it is from the date on: what the public calls it, and where to ask.</summary>
[Kind("department", "填报单位", "department", AlwaysApproved = true)]
public sealed record Department(
    [Field("单位编号", "The department, as its tokens name it", Key = true)] DepartmentId DepartmentId,
    [Field("名称", "Its name")] FreeText Name,
    [Field("地区代码", "The region it works for")] RegionCode? Region,
    [Field("统一社会信用代码", "Its unified social credit code")] OrganisationCode? OrganisationCode,
    [Field("公开电话", "Its official hotline")] FreeText? Hotline,
    [Field("经办人员", "The accounts that act for it; once some are named, no other does")] ImmutableArray<RegisteredPerson> People) : Fact;

/// <summary>An account that acts for a department. No name of anybody: who it is knows the department and its issuer of tokens.</summary>
public sealed record RegisteredPerson(
    [Field("账号", "The account, as its tokens name it")] PersonId Person,
    [Field("职责", "What it may do, where its token says so too", Required = true)] ImmutableArray<DepartmentRole> Roles,
    [Field("报文签名公钥", "The public key to what it signs messages of the queue with")] SigningKey? SigningKey);

/// <summary>A department that goes on as another, or as several. Its old address leads there.</summary>
[Kind("unit-change", "单位变更", "unit change", AlwaysApproved = true)]
public sealed record UnitChange(
    [Field("单位编号", "The department that was")] DepartmentId DepartmentId,
    [Field("变更类型", "Renamed, merged into another, or split")] SuccessionType Change,
    [Field("后续单位", "The departments as which it goes on", Required = true)] ImmutableArray<DepartmentId> Successors,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that ordered it", Name = "reference")] FreeText DocumentNumber) : Fact;

/// <summary>A place that goes on as another, or as several. Its old address leads there.</summary>
[Kind("region-change", "地区变更", "region change", AlwaysApproved = true)]
public sealed record RegionChange(
    [Field("地区代码", "The place that was", Name = "place")] RegionCode Place,
    [Field("变更类型", "Renamed, merged into another, or split")] SuccessionType Change,
    [Field("后续地区", "The places as which it goes on", Required = true)] ImmutableArray<RegionCode> Successors,
    [Field("后续地区名称", "Their names, in the same order", Required = true)] ImmutableArray<FreeText> SuccessorNames,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that ordered it", Name = "reference")] FreeText DocumentNumber) : Fact;
