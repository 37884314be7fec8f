using System.Globalization;
using System.Security.Cryptography;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

/// <summary>Kept keys: their texts and hashes, how long they hold, what is remembered of them and how often they may ask.</summary>
public sealed class StoredKeyTests
{
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero));
    private readonly SomeKeys _store = new();

    [Fact]
    public void TheSameSecretNeverHasTheSameHash()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var hashes = Enumerable.Range(0, 100).Select(_ => SecretHash.Of(secret)).ToList();
        Assert.Equal(100, hashes.Select(h => Convert.ToHexString(h.Hash)).Distinct().Count());
        Assert.All(hashes, h => Assert.Equal((16, 32, true), (h.Salt.Length, h.Hash.Length, h.Is(secret))));
        Assert.All(hashes, h => Assert.Equal(SHA256.HashData([.. h.Salt, .. secret]), h.Hash));
        secret[31] ^= 1;
        Assert.All(hashes, h => Assert.False(h.Is(secret)));
    }

    [Fact]
    public void ATextSaysIdAndSecretAndNoOtherTextSaysTheSame()
    {
        for (var i = 0; i < 200; i++)
        {
            var (id, secret) = (KeyText.NewId(), RandomNumberGenerator.GetBytes(32));
            var text = KeyText.Of(id, secret);
            Assert.Matches("^mod_[a-z0-9]{12}_[A-Za-z0-9_-]{43}$", text);
            Assert.Equal((id, Convert.ToHexString(secret)), KeyText.Parse(text) is var (parsed, bytes) ? (parsed, Convert.ToHexString(bytes)) : default);
            // The last character says four bits; those who say the same four and something more are other texts.
            var twins = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Select(c => text[..^1] + c).Where(t => KeyText.Parse(t) is { } p && p.Secret.SequenceEqual(secret));
            Assert.Equal([text], twins);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("mod_")]
    [InlineData("mod_abcdefghijkl")]
    [InlineData("mod_abcdefghijkl_")]
    [InlineData("mod_abcdefghijkl_short")]
    [InlineData("mod_ABCDEFGHIJKL_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("mod_abcdefghijkl-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("mod_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("mod_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("dom_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task WhatIsNoTextOfAKeyAsksNobody(string text)
    {
        Assert.Null(await Keys().FindAsync(text, CancellationToken.None));
        Assert.Equal(0, _store.Reads);
    }

    [Fact]
    public async Task ANewTextOpensAtOnceAndTheOldOneUntilTheOverlapEnds()
    {
        var old = _store.Put("aaaaaaaaaaaa", _time.Now);
        var text = Rotate("aaaaaaaaaaaa", TimeSpan.FromHours(24));
        Assert.True(await OpensAsync(old) && await OpensAsync(text));
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.True(await OpensAsync(old) && await OpensAsync(text));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await OpensAsync(old));
        Assert.True(await OpensAsync(text));
    }

    [Fact]
    public async Task RotatingAgainCutsNobodyOffAndZeroHoursCutsOffAll()
    {
        var first = _store.Put("aaaaaaaaaaaa", _time.Now);
        var second = Rotate("aaaaaaaaaaaa", TimeSpan.FromHours(24));
        _time.Advance(TimeSpan.FromHours(1));
        var third = Rotate("aaaaaaaaaaaa", TimeSpan.FromHours(2));
        Assert.True(await OpensAsync(first) && await OpensAsync(second) && await OpensAsync(third));
        _time.Advance(TimeSpan.FromHours(2)); // shorter than what the first rotation promised: the last word counts
        Assert.False(await OpensAsync(first) || await OpensAsync(second));
        var last = Rotate("aaaaaaaaaaaa", TimeSpan.Zero);
        Assert.False(await OpensAsync(third));
        Assert.True(await OpensAsync(last));
        Assert.Empty(_store["aaaaaaaaaaaa"].Earlier);
    }

    [Fact]
    public async Task AnExpiredKeyIsNone()
    {
        var text = _store.Put("aaaaaaaaaaaa", _time.Now, k => k with { ExpiresAt = _time.Now.AddHours(1) });
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.True(await OpensAsync(text));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await OpensAsync(text));
    }

    [Fact]
    public async Task ARevocationCountsAtOnceHereAndWithin15SecondsThere()
    {
        var text = _store.Put("aaaaaaaaaaaa", _time.Now);
        var (here, there) = (Keys(), Keys());
        Assert.NotNull(await here.FindAsync(text, CancellationToken.None));
        Assert.NotNull(await there.FindAsync(text, CancellationToken.None));
        _store.Change(_store["aaaaaaaaaaaa"] with { RevokedAt = _time.Now });
        here.Forget("aaaaaaaaaaaa");
        Assert.Null(await here.FindAsync(text, CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(14.999));
        Assert.NotNull(await there.FindAsync(text, CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Null(await there.FindAsync(text, CancellationToken.None));
    }

    [Fact]
    public async Task WhatWasReadWhileItWasRevokedIsNotRemembered()
    {
        var text = _store.Put("aaaaaaaaaaaa", _time.Now);
        var keys = Keys();
        _store.WhileReading = () =>
        {
            _store.Change(_store["aaaaaaaaaaaa"] with { RevokedAt = _time.Now });
            keys.Forget("aaaaaaaaaaaa");
        };
        Assert.NotNull(await keys.FindAsync(text, CancellationToken.None));
        _store.WhileReading = null;
        Assert.Null(await keys.FindAsync(text, CancellationToken.None));
    }

    [Fact]
    public async Task OneReadServesFor15SecondsAlsoWhereThereIsNothing()
    {
        var keys = Keys();
        var text = _store.Put("aaaaaaaaaaaa", _time.Now);
        var wrong = KeyText.Of("bbbbbbbbbbbb", RandomNumberGenerator.GetBytes(32));
        for (var i = 0; i < 30; i++)
        {
            Assert.NotNull(await keys.FindAsync(text, CancellationToken.None));
            Assert.Null(await keys.FindAsync(wrong, CancellationToken.None));
            Assert.Null(await keys.FindAsync(KeyText.Of("aaaaaaaaaaaa", RandomNumberGenerator.GetBytes(32)), CancellationToken.None));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(4, _store.Reads);
    }

    [Fact]
    public async Task WhatIsRememberedIsBoundedAndInventedIdsDriveOutNothing()
    {
        var cache = new KeyCache(_time);
        _store.Put("aaaaaaaaaaaa", _time.Now);
        await FindAsync("aaaaaaaaaaaa");
        for (var i = 0; i < 3 * KeyCache.Capacity; i++)
        {
            await FindAsync(i.ToString("d12", CultureInfo.InvariantCulture));
            Assert.InRange(cache.Count.Unknown, 1, KeyCache.Capacity);
        }
        Assert.Equal((1, KeyCache.Capacity), cache.Count);
        var reads = _store.Reads;
        Assert.NotNull(await FindAsync("aaaaaaaaaaaa"));
        Assert.Equal(reads, _store.Reads);

        for (var i = 0; i < KeyCache.Capacity + 10; i++)
        {
            var id = $"k{i.ToString("d11", CultureInfo.InvariantCulture)}";
            _store.Change(StoredKey.Nobody with { Key = StoredKey.Nobody.Key with { Id = id } });
            await FindAsync(id);
        }
        Assert.Equal((KeyCache.Capacity, KeyCache.Capacity), cache.Count);
        _time.Advance(KeyCache.Lifetime);
        await FindAsync("zzzzzzzzzzzz");
        Assert.Equal((KeyCache.Capacity, 1), cache.Count); // what is too old goes when the next one comes

        Task<StoredKey?> FindAsync(string id) => cache.FindAsync(id, async wanted => (await _store.FindAsync(wanted, CancellationToken.None))?.Key);
    }

    [Fact]
    public void NobodyOpensNothing()
    {
        Assert.False(StoredKey.Nobody.HoldsAt(_time.Now));
        Assert.False(StoredKey.Nobody.Opens(new byte[32], _time.Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(600)]
    [InlineData(100_000)]
    public void AMinutesRequestsMayBeMadeAtOnceAndComeBackSteadily(int perMinute)
    {
        var (limits, key) = (new RateLimits(_time), new ApiKey("aaaaaaaaaaaa", "some", null, new HashSet<Scope>()) { RequestsPerMinute = perMinute });
        for (var round = 0; round < 2; round++)
        {
            Assert.All(Enumerable.Range(0, perMinute), _ => Assert.Null(limits.Take(key)));
            var seconds = limits.Take(key);
            Assert.Equal(Math.Max(1, (int)Math.Ceiling(60d / perMinute)), seconds);
            _time.Advance(TimeSpan.FromSeconds(seconds!.Value));
            var back = perMinute * seconds.Value / 60;
            Assert.All(Enumerable.Range(0, back), _ => Assert.Null(limits.Take(key))); // what was promised is there
            Assert.NotNull(limits.Take(key));
            Assert.Null(limits.Take(key with { Id = "bbbbbbbbbbbb" })); // others have their own
            _time.Advance(TimeSpan.FromMinutes(5)); // and never more than a minute's
        }
    }

    [Fact]
    public void AClockThatIsSetBackGivesAndTakesNothing()
    {
        var (limits, key) = (new RateLimits(_time), new ApiKey("aaaaaaaaaaaa", "some", null, new HashSet<Scope>()) { RequestsPerMinute = 2 });
        Assert.Null(limits.Take(key));
        _time.Advance(TimeSpan.FromHours(-1));
        Assert.Null(limits.Take(key));
        Assert.Equal(30, limits.Take(key));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(limits.Take(key));
    }

    private ApiKeys Keys() => new([], new Communities([]), _store, _time);

    private async Task<bool> OpensAsync(string text) => await Keys().FindAsync(text, CancellationToken.None) is not null;

    private string Rotate(string id, TimeSpan overlap)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        _store.Change(_store[id].Rotated(SecretHash.Of(secret), _time.Now, overlap));
        return KeyText.Of(id, secret);
    }
}
