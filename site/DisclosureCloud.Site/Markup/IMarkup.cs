namespace DisclosureCloud.Site;

/// <summary>A piece of a page that writes itself. Whatever is not of this type is text, and is encoded where it stands.</summary>
internal interface IMarkup
{
    void WriteTo(PageWriter page);
}
