using Entente.Bench.Peers.Contenders;

namespace Entente.Bench.Peers;

/// <summary>What a contender answered to a question.</summary>
/// <param name="Number">The question's place among all that were put.</param>
/// <param name="Question">The question.</param>
/// <param name="Hits">Its best hits, best first.</param>
internal readonly record struct Answer(int Number, Question Question, IReadOnlyList<Hit> Hits)
{
    public double Best => Hits.Count > 0 ? Hits[0].Score : 0;

    public bool RightOnTop => Hits.Count > 0 && Question.Right.Contains(Hits[0].EntityId);

    public bool IsAlert(Threshold threshold) => Hits.Count > 0 && threshold.Accepts(Hits[0].Score);

    public bool RightAnywhere(Threshold threshold)
    {
        IReadOnlySet<string> right = Question.Right;
        return Hits.Any(hit => right.Contains(hit.EntityId) && threshold.Accepts(hit.Score));
    }
}

/// <summary>Puts questions to a contender and keeps the answers.</summary>
internal static class Answers
{
    /// <summary>All questions, or an evenly spread sample where the contender is slow.</summary>
    public static IReadOnlyList<Answer> Of(Contender contender, IReadOnlyList<Question> questions, int limit)
    {
        List<Answer> answers = [];
        foreach (IGrouping<bool, int> kind in Enumerable.Range(0, questions.Count).GroupBy(i => NameBook.IsPeople(questions[i].Schema)))
        {
            int[] numbers = [.. kind];
            foreach (int i in RealData.Thin(numbers, contender.Sample(questions[numbers[0]].Schema)))
                answers.Add(new Answer(i, questions[i], contender.Search(questions[i].Schema, questions[i].Name, limit)));
        }
        return answers;
    }
}
