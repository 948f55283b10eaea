using System.Reflection;

namespace DisclosureCloud.Site.Tests;

public sealed class TextsTests
{
    [Fact]
    public void Phrases_InBothLanguages_NeedTheSameFillings()
    {
        foreach (PropertyInfo property in typeof(Texts).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetValue(Texts.Chinese) is Phrase chinese)
            {
                ((Phrase)property.GetValue(Texts.English)!).Holes.ShouldBe(chinese.Holes, property.Name);
            }
        }
    }

    [Fact]
    public void Texts_NoneIsBlank()
    {
        foreach (PropertyInfo property in typeof(Texts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.PropertyType == typeof(string)))
        {
            ((string?)property.GetValue(Texts.Chinese)).ShouldNotBeNullOrWhiteSpace(property.Name);
            ((string?)property.GetValue(Texts.English)).ShouldNotBeNullOrWhiteSpace(property.Name);
        }
    }

    [Fact]
    public void MoneyWords_InBothLanguages_AreThereAndNeedTheSameFillings()
    {
        foreach (PropertyInfo property in typeof(MoneyWords).GetProperties(BindingFlags.Public | BindingFlags.Static).Concat(typeof(ListWords).GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Concat(typeof(VerifyWords).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(one => one.PropertyType == typeof(Both))))
        {
            var words = (Both)property.GetValue(null)!;
            words.Chinese.ShouldNotBeNullOrWhiteSpace(property.Name);
            words.English.ShouldNotBeNullOrWhiteSpace(property.Name);
            new Phrase(words.Chinese).Holes.ShouldBe(new Phrase(words.English).Holes, property.Name);
        }
    }

    [Fact]
    public void Glossary_Ids_AreUnique() => Glossary.Entries.Select(entry => entry.Id).ShouldBeUnique(StringComparer.Ordinal);
}
