using System.Runtime.InteropServices;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>A cell that is not empty, before anything is known about its column.</summary>
/// <param name="Column">From 1.</param>
/// <param name="Text">Without blanks before and after it; of a number, as the spreadsheet program shows it in full.</param>
/// <param name="IsNumber">True where the file itself says that it is a number, so that it may be the serial number of a date.</param>
/// <param name="IsScaled">True where it is a number that its format shows as another, such as a percentage.</param>
/// <param name="Fault">Why it has no value that could be taken.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SheetCell(int Column, string Text, bool IsNumber = false, bool IsScaled = false, CellFault Fault = CellFault.None);

/// <summary>Why a cell has no value.</summary>
internal enum CellFault
{
    None,

    /// <summary>It has a formula, and whoever wrote the file did not compute it.</summary>
    FormulaWithoutValue,

    /// <summary>It shows an error, such as #REF!.</summary>
    Error,

    /// <summary>It has more characters than a cell has.</summary>
    TooLong,
}
