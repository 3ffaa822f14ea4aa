using Entente.Names.Sound;
using Entente.Names.Text;

namespace Entente.Names;

/// <summary>How alike two single words are as spellings of one name, across scripts.</summary>
public static class TokenSimilarity
{
    /// <summary>How alike two words sound; no rarity, no word tables.</summary>
    /// <param name="token1">A word in any script.</param>
    /// <param name="token2">Another.</param>
    /// <returns>About 1 for spellings of one name, 0 and below for unlike words; minus infinity if a text holds no letter.</returns>
    public static double Compare(string token1, string token2)
    {
        string a = string.Concat(TextFold.Words(token1).Select(w => w.Folded)), b = string.Concat(TextFold.Words(token2).Select(w => w.Folded));
        if (a.Length == 0 || b.Length == 0)
            return double.NegativeInfinity;
        SpokenWord x = SpokenWord.Of(a, SoundModel.Default), y = SpokenWord.Of(b, SoundModel.Default);
        return SoundComparison.Likeness(x, y, SoundModel.Default);
    }
}
