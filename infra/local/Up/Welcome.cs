namespace Moderato.Local.Up;

/// <summary>What a person sees when everything is up.</summary>
internal static class Welcome
{
    public static string Text(Uri address, string apiKey, Uri mailbox, DataFolder folder)
    {
        var root = address.ToString().TrimEnd('/');
        return $$$"""

              Moderato is up.

                Address   {{{root}}}
                API key   {{{apiKey}}}
                          (kept in {{{folder.ApiKeyFile}}})
                Mailbox   {{{mailbox}}}
                          (kept in {{{folder.Mailbox}}})
                Settings  {{{folder.SettingsFile}}}

              Send it a comment:

                curl -sS {{{root}}}/api/communities/demo/comments \
                  -H 'Authorization: Bearer {{{apiKey}}}' \
                  -H 'Content-Type: application/json' \
                  -d '{"platform":"instagram","id":"1","text":"Spedizione velocissima, grazie!","author":{"id":"anna"}}'

              See what became of it:

                curl -sS {{{root}}}/api/communities/demo/outcomes \
                  -H 'Authorization: Bearer {{{apiKey}}}'

              Ctrl-C ends everything. Each request, message and timer run is a line below.

            """;
    }
}
