using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>send</c>: signs a posting or a notice as a message, and puts it into the queue of postings.</summary>
/// <remarks>What a department's own program does, to try it and to compare with.</remarks>
internal static class SendCommand
{
    // Six bytes a Chinese character would make a message full that is none.
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var file = new Argument<string>("FILE") { Description = "The posting as JSON, as POST /api/postings takes it." };
        Option<string> token = Required("--token", "TOKEN", "The sender's bearer token.");
        Option<string> key = Required("--key", "KEY", "The idempotency key, which names the posting for ever.");
        key.Validators.Add(result =>
        {
            if (result.Tokens is [var one] && !PostingId.IsKey(one.Value))
            {
                result.AddError($"--key has the form {PostingId.KeyForm}.");
            }
        });
        Option<string> signingKey = Required("--signing-key", "FILE", "The private key in PEM, of which the department registered the public half.");
        var notice = new Option<bool>("--notice") { Description = "The file is a whole notice, as POST /api/notices takes it." };
        var print = new Option<bool>("--print") { Description = "Print the message, and send nothing." };
        var command = new Command("send", "Signs a posting and sends it by the queue.") { file, token, key, signingKey, notice, print, data };
        command.SetAction((parsed, cancellationToken) => CommandLine.RunAsync(async () =>
        {
            string sender = parsed.GetValue(token)!;
            var message = new JsonObject
            {
                ["token"] = sender,
                ["key"] = parsed.GetValue(key),
                [parsed.GetValue(notice) ? "notice" : "posting"] = await ReadAsync(parsed.GetValue(file)!, cancellationToken),
            };
            string signed = Sign(message, parsed.GetValue(signingKey)!).ToJsonString(AsItIs);
            if (parsed.GetValue(print))
            {
                Console.Out.WriteLine(signed);
                return CommandLine.Well;
            }

            if (Encoding.UTF8.GetByteCount(signed) > IMessageQueue.SizeMax)
            {
                throw new InvalidDataException($"message-too-large: a message has at most {IMessageQueue.SizeMax} bytes. Send it over HTTP.");
            }

            DepartmentId department = DepartmentOf(sender);
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, cancellationToken);
            await stores.Postings.SendAsync(signed, cancellationToken);
            Console.Out.WriteLine(PostingId.Of(department, parsed.GetValue(key)!));
            return CommandLine.Well;
        }));
        return command;
    }

    private static Option<string> Required(string name, string help, string description) => new(name) { Description = description, HelpName = help, Required = true };

    private static async Task<JsonNode> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > JsonBody.LengthMax)
        {
            throw new InvalidDataException($"body-too-large: a posting has at most {JsonBody.LengthMax} bytes.");
        }

        try
        {
            return JsonNode.Parse(await File.ReadAllBytesAsync(path, cancellationToken)) ?? throw new InvalidDataException("The file holds no posting.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The file is not JSON: line {fault.LineNumber + 1}.", fault);
        }
    }

    private static JsonObject Sign(JsonObject message, string keyFile)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(keyFile));
            _ = SigningKey.Of(key); // Of another curve it could be registered nowhere.
            return PostingMessage.Sign(message, key, TimeProvider.System.GetUtcNow());
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException or FormatException)
        {
            throw new InvalidDataException("The message cannot be signed: the key is a private key of the curve P-256 in PEM, and numbers have 15 digits at most.", fault);
        }
    }

    // It is told where the posting will be found, and only the app validates the token.
    private static DepartmentId DepartmentOf(string token)
    {
        try
        {
            return Id.Parse<DepartmentId>(new JsonWebToken(token).GetPayloadValue<string>(TokenClaims.Department));
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or SecurityTokenMalformedException)
        {
            throw new InvalidDataException("The token names no department.", fault);
        }
    }
}
