using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Moderato.Comments;

/// <summary>
/// Names an outcome in addresses: the first receipt's time and the comment's key, in base64url. It says where the outcome lies, so
/// that finding it is one read.
/// </summary>
public readonly record struct OutcomeId(DateTimeOffset FirstReceivedAt, CommentKey Key)
{
    private const int TimeLength = sizeof(long);

    public static OutcomeId Of(Comment comment) => new(comment.FirstReceivedAt, comment.Key);

    public static bool TryParse(string? text, [NotNullWhen(true)] out OutcomeId? id)
    {
        id = null;
        if (text is not { Length: > 0 and <= 4096 } || !Base64Url.IsValid(text))
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= TimeLength)
            return false;

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var key = Encoding.UTF8.GetString(bytes.AsSpan(TimeLength)).Split('/', 2);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks || key.Length != 2 || key[1].Length is 0 or > CommentLimits.Id
            || !PlatformId.TryParse(key[0], out var platform))
            return false;
        id = new OutcomeId(new DateTimeOffset(ticks, TimeSpan.Zero), new CommentKey(platform, key[1]));
        return true;
    }

    public override string ToString()
    {
        var key = Encoding.UTF8.GetBytes($"{Key.Platform}/{Key.Id}");
        var bytes = new byte[TimeLength + key.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, FirstReceivedAt.UtcTicks);
        key.CopyTo(bytes.AsSpan(TimeLength));
        return Base64Url.EncodeToString(bytes);
    }
}
