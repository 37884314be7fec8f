using System.Net;

namespace Moderato.Local.Serve;

/// <summary>What <c>serve</c> was asked for; see <see cref="ServeCommand"/>.</summary>
internal sealed record ServeOptions(string App, string Data, IPAddress Address, int Port, Triggers Triggers);
