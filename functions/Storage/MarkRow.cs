using Moderato.Comments;
using Moderato.Members;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What happened between people, as rows behind an author's comments in the table <c>authors</c>. See README.md for every column.</summary>
internal static class MarkRow
{
    public static readonly string[] Columns = ["Of", "At", "Who", "Helped"];

    public static TableEntity Of(CommunityId community, PlacedMark placed) => new(
        Keys.AuthorPartition(community, placed.Author.Platform, placed.Author.Id), Keys.AuthorMarkRow(Letter(placed.Mark.Kind), placed.Mark.At, placed.By))
    {
        ["Of"] = placed.Mark.Of.ToString(),
        ["At"] = placed.Mark.At,
        ["Who"] = placed.Mark.Who,
        ["Helped"] = placed.Mark.Helped,
    };

    public static Mark? Read(TableEntity row) =>
        OutcomeId.TryParse(row.Text("Of"), out var of)
            ? new Mark(Kind(row.RowKey[0]), of.Value, row.Time("At"), row.GetString("Who") ?? "", row.GetBoolean("Helped") is true)
            : null;

    private static char Letter(MarkKind kind) => kind switch { MarkKind.Helped => 'h', MarkKind.Thanked => 't', _ => 'a' };

    private static MarkKind Kind(char letter) => letter switch { 'h' => MarkKind.Helped, 't' => MarkKind.Thanked, _ => MarkKind.Answered };
}
