using System.Security.Cryptography;
using Homeward.Exchange.CyberTips.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>The straightforward way: validate, insert, commit, answer; a pool of connections. It signs nobody in, seals nothing and leaves no trace.</summary>
internal static class NaiveReceiver
{
    public const string Kind = "naive-receiver";

    /// <summary>The process itself.</summary>
    public static async Task<int> ReceiveAsync(string database, string urls)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 100 }.ConnectionString);
        await using (var create = source.CreateCommand("CREATE TABLE received (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), sha256 text NOT NULL, body bytea NOT NULL)"))
            await create.ExecuteNonQueryAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        await using var app = builder.Build();
        app.MapPost("/ispws/submit", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var document = body.ToArray();
            if (CyberTipXml.Examine(document, isReport: true, TimeProvider.System.GetUtcNow()) is not { Verdict: Verdict.Valid, Broken.Count: 0 }) return Results.BadRequest();
            await using var insert = source.CreateCommand("INSERT INTO received (sha256, body) VALUES ($1, $2) RETURNING number");
            insert.Parameters.Add(new() { Value = Convert.ToHexStringLower(SHA256.HashData(document)) });
            insert.Parameters.Add(new() { Value = document });
            var number = (long)(await insert.ExecuteScalarAsync())!;
            var answer = System.Text.Encoding.UTF8.GetBytes($"<reportResponse><responseCode>0</responseCode><responseDescription>Success</responseDescription><reportId>{number}</reportId></reportResponse>");
            http.Response.ContentLength = answer.Length;
            return Results.Bytes(answer, "application/xml");
        });
        await app.StartAsync();
        Console.WriteLine(ReceiverProcess.Ready);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
