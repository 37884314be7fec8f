using System.Collections.Frozen;
using System.Globalization;

namespace Moderato.Policy;

/// <summary>Something that holds of a comment or does not. Never throws, whatever the comment.</summary>
internal abstract class Condition
{
    public abstract bool Holds(Evaluation at);

    /// <summary>What held, in the policy's own words, which show nothing of the comment's text. Asked only where it did hold.</summary>
    public abstract string Explain(Evaluation at);

    /// <summary>Whether another condition holds wherever this one does, as far as their forms show it.</summary>
    public virtual bool Implies(Condition other) => other switch
    {
        AllCondition all => all.Parts.All(Implies),
        AnyCondition any => any.Parts.Any(Implies),
        _ => ImpliesOne(other),
    };

    protected abstract bool ImpliesOne(Condition other);
}

internal sealed class AllCondition(IReadOnlyList<Condition> parts) : Condition
{
    public IReadOnlyList<Condition> Parts { get; } = parts;

    public override bool Holds(Evaluation at)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (!Parts[i].Holds(at))
                return false;
        }
        return true;
    }

    public override string Explain(Evaluation at) => string.Join("; ", Parts.Select(p => p.Explain(at)));

    protected override bool ImpliesOne(Condition other) => Parts.Any(p => p.Implies(other));
}

internal sealed class AnyCondition(IReadOnlyList<Condition> parts) : Condition
{
    public IReadOnlyList<Condition> Parts { get; } = parts;

    public override bool Holds(Evaluation at)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Holds(at))
                return true;
        }
        return false;
    }

    public override string Explain(Evaluation at) => Parts.First(p => p.Holds(at)).Explain(at);

    public override bool Implies(Condition other) => Parts.All(p => p.Implies(other));

    protected override bool ImpliesOne(Condition other) => Implies(other);
}

internal sealed class NotCondition(Condition inner) : Condition
{
    private readonly Condition _inner = inner;

    public override bool Holds(Evaluation at) => !_inner.Holds(at);

    public override string Explain(Evaluation at) => "not";

    protected override bool ImpliesOne(Condition other) => other is NotCondition not && not._inner.Implies(_inner);
}

/// <summary>A number within bounds. One that is not known is within none.</summary>
internal sealed class NumberCondition(string name, Bounds bounds, Func<Evaluation, double?> read) : Condition
{
    private readonly Bounds _bounds = bounds;
    private readonly string _name = name;

    public string Name => _name;
    public Bounds Bounds => _bounds;

    public override bool Holds(Evaluation at) => read(at) is { } value && _bounds.Holds(value);

    public override string Explain(Evaluation at) =>
        string.Create(CultureInfo.InvariantCulture, $"{_name} {Math.Round(read(at) ?? 0, 2)} ({_bounds})");

    protected override bool ImpliesOne(Condition other) => other is NumberCondition number && number._name == _name && _bounds.IsWithin(number._bounds);
}

/// <summary>One of several words.</summary>
internal sealed class ChoiceCondition(string name, IEnumerable<string> choices, Func<Evaluation, string?> read) : Condition
{
    private readonly FrozenSet<string> _choices = choices.ToFrozenSet(StringComparer.Ordinal);
    private readonly string _name = name;

    public string Name => _name;
    public IReadOnlyCollection<string> Choices => _choices;

    public override bool Holds(Evaluation at) => read(at) is { } value && _choices.Contains(value);

    public override string Explain(Evaluation at) => $"{_name} {read(at)}";

    protected override bool ImpliesOne(Condition other) => other is ChoiceCondition choice && choice._name == _name && _choices.IsSubsetOf(choice._choices);
}

/// <summary>One of several, where a comment may have several.</summary>
internal sealed class OverlapCondition(string name, IReadOnlyList<string> wanted, Func<Evaluation, string, bool> has) : Condition
{
    private readonly IReadOnlyList<string> _wanted = wanted;
    private readonly string _name = name;

    public string Name => _name;
    public IReadOnlyList<string> Wanted => _wanted;

    public override bool Holds(Evaluation at)
    {
        for (var i = 0; i < _wanted.Count; i++)
        {
            if (has(at, _wanted[i]))
                return true;
        }
        return false;
    }

    public override string Explain(Evaluation at) => $"{_name} {_wanted.First(w => has(at, w))}";

    protected override bool ImpliesOne(Condition other) => other is OverlapCondition overlap && overlap._name == _name && _wanted.All(overlap._wanted.Contains);
}

internal sealed class FlagCondition(string name, bool wanted, Func<Evaluation, bool> read) : Condition
{
    private readonly string _name = name;
    private readonly bool _wanted = wanted;

    public string Name => _name;
    public bool Wanted => _wanted;

    public override bool Holds(Evaluation at) => read(at) == _wanted;

    public override string Explain(Evaluation at) => _wanted ? _name : $"not {_name}";

    protected override bool ImpliesOne(Condition other) => other is FlagCondition flag && flag._name == _name && flag._wanted == _wanted;
}

/// <summary>A word of a list.</summary>
internal sealed class WordsCondition(int list, string name) : Condition
{
    private readonly int _list = list;

    public override bool Holds(Evaluation at) => at.HasWordOf(_list);

    public override string Explain(Evaluation at) => $"words {name}";

    protected override bool ImpliesOne(Condition other) => other is WordsCondition words && words._list == _list;
}

/// <summary>Links to certain hosts, or to any but those.</summary>
internal sealed class HostsCondition(IReadOnlyList<string> patterns, bool except) : Condition
{
    private readonly IReadOnlyList<string> _patterns = patterns;
    private readonly bool _except = except;

    public override bool Holds(Evaluation at)
    {
        var hosts = at.Signals.LinkHosts;
        for (var i = 0; i < hosts.Count; i++)
        {
            if (IsListed(hosts[i]) != _except)
                return true;
        }
        return false;
    }

    public override string Explain(Evaluation at) => _except ? "link_hosts_except" : "link_hosts";

    protected override bool ImpliesOne(Condition other) =>
        other is HostsCondition hosts && hosts._except == _except && (_except ? hosts._patterns.All(_patterns.Contains) : _patterns.All(hosts._patterns.Contains));

    private bool IsListed(string host)
    {
        for (var i = 0; i < _patterns.Count; i++)
        {
            var pattern = _patterns[i];
            if (pattern.StartsWith("*.", StringComparison.Ordinal)
                ? host.AsSpan().EndsWith(pattern.AsSpan(1), StringComparison.Ordinal) || host.AsSpan().SequenceEqual(pattern.AsSpan(2))
                : host == pattern)
                return true;
        }
        return false;
    }
}

/// <summary>A time of day, on certain days. A span past midnight belongs to the day on which it began.</summary>
internal sealed class TimeCondition(TimeSpan from, TimeSpan to, IReadOnlySet<DayOfWeek> days) : Condition
{
    public override bool Holds(Evaluation at)
    {
        var local = at.LocalTime;
        var (time, day) = (local.TimeOfDay, local.DayOfWeek);
        if (from < to)
            return time >= from && time < to && days.Contains(day);
        return (time >= from && days.Contains(day)) || (time < to && days.Contains((DayOfWeek)(((int)day + 6) % 7)));
    }

    public override string Explain(Evaluation at) => "time";

    protected override bool ImpliesOne(Condition other) => ReferenceEquals(this, other);
}
