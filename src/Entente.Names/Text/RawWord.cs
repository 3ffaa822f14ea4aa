using Entente.Names.Scripts;

namespace Entente.Names.Text;

/// <summary>One word of a text, folded but not yet understood.</summary>
/// <param name="Original">As written, without surrounding punctuation.</param>
/// <param name="Folded">Lower case, one form a letter, without diacritics; in its script, or in Latin where ICU read it.</param>
/// <param name="Script">The script of <paramref name="Folded"/>; <see cref="Script.None"/> for digits and signs.</param>
/// <param name="Hyphened">A hyphen, not a space, stands between the word before and this one.</param>
/// <param name="AfterComma">A comma (or the <c>&lt;&lt;</c> of a travel document) stands before it.</param>
internal readonly record struct RawWord(string Original, string Folded, Script Script, bool Hyphened, bool AfterComma);
