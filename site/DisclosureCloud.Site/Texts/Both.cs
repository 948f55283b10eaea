namespace DisclosureCloud.Site;

/// <summary>A text in both languages side by side: one left out does not compile. As a phrase, its holes mean the same in both.</summary>
internal readonly record struct Both(string Chinese, string English);
