namespace Moderato.Comments;

/// <summary>Note of one receipt: that this revision of a comment was taken in at that time.</summary>
public sealed record ReceiptNote(CommentKey Key, int Revision, DateTimeOffset FirstReceivedAt, DateTimeOffset ReceivedAt);
