using System.Text.RegularExpressions;

namespace DisclosureCloud.Repository.Tests;

/// <summary>Who may ask another machine for something, and whose address that is: a setting's or the command line's, and never one that a request brought.</summary>
public sealed partial class OutgoingTests
{
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["functions/DisclosureCloud.Functions/Hosting/Log/WitnessClient.cs"] = "witnesses: addresses of the policy, a setting; no redirects",
        ["functions/DisclosureCloud.Functions/Hosting/Bearer/BearerTokens.cs"] = "the issuer's configuration and keys: the authority is a setting, over https",
        ["functions/DisclosureCloud.Functions/Hosting/Witnessing/LogSource.cs"] = "the verb witness: the log that its command line names; no redirects",
        ["functions/DisclosureCloud.Verifier/HttpSource.cs"] = "the verb verify: the site that its command line names; redirects of the same server alone",
        ["functions/DisclosureCloud.Storage/Events/EventGridTopic.cs"] = "the topic: a setting",
        ["functions/DisclosureCloud.Storage/Cosmos/CosmosDatabase.cs"] = "the database: a setting",
        ["functions/DisclosureCloud.Storage/Accounts/StorageAccount.cs"] = "the storage accounts: settings",
    };

    [Fact]
    public void Requests_ToOtherMachines_AreMadeInTheListedPlacesAlone()
    {
        string[] found = [.. Tree.Files.Where(IsProduct).Where(file => Senders.IsMatch(Tree.Read(file)))];
        found.Order(StringComparer.Ordinal).ShouldBe(Allowed.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Handlers_OfOurOwn_FollowNoRedirects()
    {
        int handlers = 0;
        foreach (string file in Tree.Files.Where(IsProduct))
        {
            string text = Tree.Read(file);
            int own = Handlers.Count(text);
            handlers += own;
            (own > 0 && !text.Contains("AllowAutoRedirect = false", StringComparison.Ordinal)).ShouldBeFalse($"{file} follows where another machine sends it");
        }

        handlers.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void Functions_ThatTakeRequests_KnowNoClient() =>
        Tree.Files.Where(file => IsProduct(file) && (file.EndsWith("Function.cs", StringComparison.Ordinal) || file.Contains("/Hosting/Http/", StringComparison.Ordinal)))
            .Where(file => Tree.Read(file).Contains("System.Net.Http;", StringComparison.Ordinal)).ShouldBeEmpty();

    private static bool IsProduct(string file) =>
        (file.StartsWith("functions/", StringComparison.Ordinal) || file.StartsWith("site/", StringComparison.Ordinal)) && file.EndsWith(".cs", StringComparison.Ordinal);

    [GeneratedRegex("\\b(?:HttpClient|HttpMessageInvoker|SocketsHttpHandler|HttpClientHandler|WebRequest|TcpClient|UdpClient|Socket|Ping|HttpDocumentRetriever|EventGridPublisherClient|CosmosClient|BlobServiceClient|QueueServiceClient|TableServiceClient)[(]|new HttpClient\\b|HttpClient _http = new|new HttpDocumentRetriever\\b|IHttpClientFactory|AddHttpClient|SslStream|SmtpClient", RegexOptions.None, 1000)]
    private static partial Regex Senders { get; }

    [GeneratedRegex("new(?: SocketsHttpHandler|[(][)]\\n? *[{][^}]*AllowAutoRedirect| HttpClientHandler)", RegexOptions.None, 1000)]
    private static partial Regex Handlers { get; }
}
