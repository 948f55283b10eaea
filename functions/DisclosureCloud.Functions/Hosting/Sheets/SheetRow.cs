namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>One posting of a file of many, as its row says it.</summary>
/// <param name="Sheet">Name of the sheet; null for CSV.</param>
/// <param name="Row">From 1, as the spreadsheet program shows it; in CSV the number of the record, the header's included.</param>
/// <param name="Body">The posting's JSON in UTF-8. Nothing has validated it, and the guard has not seen it.</param>
/// <param name="CellOf">From a JSON pointer into the body to the cell, such as <c>E7</c>; null where no cell says it.</param>
internal sealed record SheetRow(string? Sheet, int Row, byte[] Body, Func<string, string?> CellOf);
