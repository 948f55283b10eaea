using System.Runtime.CompilerServices;

// Tables and columns are no interface of the site: the tests read them, nobody else.
[assembly: InternalsVisibleTo("DisclosureCloud.Site.Tests")]
