using System.Collections.Frozen;

namespace Moderato.Policy;

/// <summary>The phrases that are looked for in English answers; "you'll" reads <c>you ll</c> here.</summary>
internal static class EnglishTone
{
    // What only the reader can have left undone; "you should have received an email" blames nobody.
    private const string Duties =
        "read/checked/followed/contacted/told/asked/known/noticed/looked/chosen/thought/measured/kept/informed/called/written/expected/realised/realized/paid/entered/selected/verified/complained/reported";

    private const string Misdeeds = "opened/used/ordered/bought/thrown/washed/signed/accepted/clicked/entered/touched/tried/waited/left/ignored";

    private const string Told = "told/said/explained/mentioned/stated/informed/answered/advised/clarified";

    public static readonly Phrases Blame = new(["not", "t", "never", "if", "case"],
        "you should have (really/simply/just/at/first/carefully) (least) " + Duties + ", you should ve " + Duties + ", you should not have " + Misdeeds + ", you shouldn't have " + Misdeeds,
        "you could have (simply/just/at/easily) (least) " + Duties + ", you ought to have " + Duties + ", you were supposed to read/check/follow/contact/send/measure",
        "as we (have/ve) already " + Told + ", as (i/we) (have/ve) already " + Told + ", as already " + Told + ", as previously " + Told,
        "like we (already) said/told/explained, as I said, as we said before, as we (have/ve) told/explained, as we keep saying",
        "we (have/ve) already told/explained/informed/answered (to) (you/this/that), I (have/ve) already told/explained",
        "if you had (only/actually/just/carefully) read/checked/followed/listened/contacted/told/asked/looked/paid/measured",
        "if you'd (only/actually) read/checked/followed/listened/contacted/told/asked",
        "if only you had, had you read/checked/followed/contacted/told/asked/listened/looked, if you had bothered, if you'd bothered",
        "your (own) fault, your (own) mistake, your (own) error, your (own) carelessness/negligence, user error, that is on you",
        "that s on you, you only have yourself, you have only yourself, not our fault/problem",
        "you (have) (clearly/obviously/evidently) misread/misunderstood",
        "you clearly/obviously/evidently did/didn/have/haven/failed/forgot/ignored/chose/entered, you apparently did/didn",
        "you failed to, you neglected to, you did not bother, you didn't bother, you didn't read/follow/listen/check",
        "you did not read/follow/listen/check",
        "you (have) chose/chosen/entered/ordered/selected/typed/picked the wrong, you gave us the wrong",
        "you must have entered/typed/ordered/misread/chosen/made/forgotten",
        "all you had to do, it clearly says/states, as clearly stated/written/shown/indicated/explained/described, you were warned",
        "next time (please) read/check/follow/pay, because you did/didn/failed/forgot/entered/chose/ignored, instead of complaining, learn to read");

    public static readonly Phrases Promises = new(["not", "t", "cannot", "that", "so", "sure", "hope", "ensure"],
        "we guarantee, I guarantee, we can guarantee, we absolutely guarantee, we promise, I promise, we can promise",
        "you have our/my word, guaranteed refund/delivery/results/satisfaction, satisfaction guaranteed, refund/delivery is guaranteed",
        "refund guaranteed, results/success guaranteed",
        "it/this/that will/ll (definitely/certainly) never happen (to) (you) (again), it/this/that will not happen (to) (you) again",
        "it/this/that won't happen (to) (you) again, will never happen again, won't happen again, never happen to you again",
        "will not happen again",
        "you/it/this/they/order/parcel/package/refund/problem/issue/delivery/item/replacement will/ll definitely/certainly/surely/absolutely",
        "you will/ll never have (any/a/this/another) (problem/problems/issue/issues) (again)",
        "you won't have any (more/further) problems/issues, you won't be disappointed, you will not be disappointed, you will/ll love it",
        "you will/ll be (completely/fully) satisfied",
        "everything will be fine/perfect, nothing will go wrong, no more problems, there will be no (more/further) problems/delays/issues");

    public static readonly Outcomes Outcomes = new(
        new Phrases([],
            "you will/ll receive/get, you will/ll have your/it/the, it/they/order/orders/parcel/package/refund/replacement/item/delivery/money/shoes will/ll arrive/reach, will be delivered/resolved/fixed/solved, will be with you, will be sorted/working",
            "it/they will/ll be delivered/resolved/fixed/solved/there/with"),
        new Phrases([],
            "tomorrow, today, tonight, within, monday, tuesday, wednesday, thursday, friday, saturday, sunday, in # hours/days/minutes, in time, by the end, by christmas/noon/monday/tomorrow, in no time",
            "definitely, certainly, surely, for sure, guaranteed, without (any) doubt, without fail, rest assured"),
        Words("reply answer response email emails message call update updates confirmation link tracking news instructions label receipt invitation notification text"),
        Words("usually normally generally should expected estimated about around likely probably hope hopefully approximately typically unless expect roughly"),
        Words("and but if when once until because so or while whether after before unless"));

    public static readonly Phrases Selling = new(["not", "t", "if", "to", "your", "the", "this", "an", "new", "replacement"],
        "check out our, take a look at our (new/latest), have a look at our new/latest/range/collection, discover our, explore our/the",
        "shop now/our/online/the, browse our",
        "buy now/one/two/online/today, order now/today, purchase now/today, don't miss (out), do not miss (out), sign up to/for our",
        "subscribe to our, join our newsletter, upgrade to/now/today",
        "new collection/arrivals/range/line, latest collection/arrivals/range/offers/offer/products/deals",
        "our new product/products/range/line/collection/model/models",
        "our (current/latest/best/great/amazing) offers/deals/promotions/sale, special offer/offers/price",
        "exclusive offer/offers/deal/discount",
        "limited offer, limited time, great deal/deals, best deals, use code, use the code, use our code",
        "use (the/this/our/my) (discount/promo/coupon) code, a discount code, a promo code, a coupon, a voucher code, with code",
        "# % off, # % discount, a discount of, a discount on, off your next, discount on your next, take advantage of (our/the/this)",
        "on sale now, free shipping on, treat yourself, grab yours/one, while stocks last, today only, for a limited");

    public static readonly Phrases Apologies = new(["not", "t", "never"],
        "sorry, apologise, apologize, apologies, apology, apologising, apologizing, regret, forgive us, pardon us, beg your pardon");

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
