namespace Moderato.Local.Up;

/// <summary>What a person needs to know once everything runs.</summary>
internal static class Welcome
{
    public static void Print(TextWriter output, Uri address, string apiKey, DataFolder data) => output.WriteLine($"""

        Moderato is up.

          Address    {address}
          API key    {apiKey}
          Mails      {data.Mailbox}
          Settings   {data.SettingsFile}

        Send a comment:

          curl {address}api/communities/demo/comments \
            -H 'Authorization: Bearer {apiKey}' -H 'Content-Type: application/json' \
            -d '{CommentExample}'

        See what became of it:

          curl -H 'Authorization: Bearer {apiKey}' {address}api/communities/demo/outcomes

        Ctrl-C ends everything; the data stays.

        """);

    private const string CommentExample =
        """{"platform":"instagram","id":"1","text":"Spedizione velocissima, grazie!","author":{"id":"anna"}}""";
}
