namespace Entente.Names.Tests;

public sealed class PersonComparisonTests
{
    private const double Match = 0.70;

    [Theory]
    [InlineData("Qadhafi Muammar", "Muammar Gaddafi")]
    [InlineData("Muammar Kadhafi", "معمر القذافي")]
    [InlineData("Salah Jokar", "صالح جوکار")] // no woman's ending, nor is what follows
    [InlineData("Abdullah Hamzah", "Абдулла Хамза")]
    [InlineData("Николай Дроздова", "Nikolai Drozdov")]
    [InlineData("Darem Tabaa", "دارم طباع")]
    [InlineData("Наталья Орлова", "Nataliya Orlova")]
    [InlineData("Муаммар Каддафи", "معمر القذافي")]
    [InlineData("Oussama Ben Laden", "أسامة بن لادن")]
    [InlineData("Усама бен Ладен", "BIN LADIN USAMA")]
    [InlineData("Abd al-Rahman Dulaymi", "Abdurrahman Dulaimi")]
    [InlineData("عبد الرحمن الدليمي", "Abderrahmane Doulaimi")]
    [InlineData("عبدالرحمن الدليمي", "عبد الرحمن الدليمي")]
    [InlineData("Абдуррахман Дулайми", "Abdul Rahman Dulaimi")]
    [InlineData("Saif al-Din Karimov", "Saifuddin Karimov")]
    [InlineData("سيف الدين كريموف", "Seifeddine Karimov")]
    [InlineData("Najib Ullah Stanekzai", "Najibullah Stanikzai")]
    [InlineData("Abu Bakr al-Shishani", "Aboubakar Shishani")]
    [InlineData("Djamel Bouchareb", "Jamal Bousharib")]
    [InlineData("Youcef Khelifa", "Yusuf Khalifa")]
    [InlineData("Jürgen Müller-Lüdenscheidt", "Juergen Mueller Luedenscheidt")]
    [InlineData("Şükrü Gökçe", "SUKRU GOKCE")]
    [InlineData("Mochammad Nurhidayat", "Muhammad Noor Hidayat")]
    [InlineData("Mikhail Gorbatschow", "Михаил Горбачёв")]
    [InlineData("Volodymyr Hryhorovych Shevchuk", "Володимир Шевчук")]
    [InlineData("Jana Novakova", "Jana Novak")]
    [InlineData("Pieter van der Meulen", "Pieter Vandermeulen")]
    [InlineData("BASIR ZADRANZAI, ABDUL", "Abdul Basir Zadranzai")]
    [InlineData("ADBUL BASIR ZADRANZAI", "Abdul Basir Zadranzai")]
    [InlineData("Ivan (Vanya) Kalashnik", "Vanya Kalashnik")]
    [InlineData("Dr. Haji Karim Warsame", "Karim Warsame")]
    [InlineData("J. Featherstonehaugh", "Jonathan Featherstonehaugh")]
    [InlineData("Xi Xiaoming", "Xiaoming Xi")]
    [InlineData("김영철", "Kim Yong Chol")]
    [InlineData("گل احمد حکیمی", "Gul Ahmad Hakimi")]
    [InlineData("Абу Джихад", "Abul Jihad")]
    [InlineData("Walijan", "ولی جان")]
    [InlineData("Ђорђе Љубичић", "Đorđe Ljubičić")]
    [InlineData("Cabdulqaadir Warsame", "Abdul Qadir Warsame")]
    [InlineData("Slaim Zadranzai", "Salim Zadranzai")]
    [InlineData("Nyiragongo Tshibangu", "Nyiragongo Mbuyi Tshibangu")]
    [InlineData("Oleksandr Karpinchuk", "Aleksandr Karpinchuk")]
    [InlineData("Siarhei Zhuravok", "Сергій Журавок")]
    [InlineData("Volha Zhuravok", "Ольга Журавок")]
    [InlineData("Yulia Chaykovskaya", "Julija Tschaikowskaja")]
    [InlineData("Michel Qardahi", "ميشال القرداحي")]
    [InlineData("Gul Nazar Zadranzai", "گل نظر زدرانزی")]
    public void Spellings_of_one_name_match(string a, string b)
    {
        Assert.InRange(Names.Person(a, b), Match, 1);
        Assert.InRange(Names.Person(b, a), Match, 1);
    }

    [Theory]
    [InlineData("Mohammed Ali Hassan", "Mohammed Omar Saleh")]
    [InlineData("Hassan Dulaimi", "Hussein Dulaimi")]
    [InlineData("Abdul Rahim Saleem", "Abdul Rahman Saleem")]
    [InlineData("Maria Gonzalez", "Mario Gonzalez")]
    [InlineData("Александра Дроздова", "Aleksandr Drozdov")] // a sister shares all but an ending, in any script
    [InlineData("Валерия Дроздова", "Valeriy Drozdov")]
    [InlineData("Yevgeniya Orlova", "Yevgeniy Orlov")]
    [InlineData("Карима Хаддад", "Karim Haddad")]
    [InlineData("أميرة حداد", "Amir Haddad")]
    [InlineData("كريمة الزهراني", "Карим Захрани")]
    [InlineData("Wang Wei", "Wang Lei")]
    [InlineData("Sol Arias", "Solaris")]
    [InlineData("Walijan", "آوا علیجانی")]
    [InlineData("Karim Haqqani", "Karim Hamani")]
    [InlineData("Hassan Abdul Ali", "Xasan Cabdullaahi")]
    [InlineData("Suresh Balkisan (Pande)", "Panda")]
    [InlineData("Kim Jong Un", "Kim Jong Il")]
    [InlineData("Olga Petrovna Berezina", "Olga Nikolaevna Berezina")]
    [InlineData("Ivan Petrov", "Petr Ivanov")]
    [InlineData("Usama", "Usama bin Laden")]
    [InlineData("Mohammed", "Mohammed Karim Tawil")]
    [InlineData("محمد حسن", "محمود حسين")]
    [InlineData("John Smith", "Joan Smythe-Hargreaves")]
    [InlineData("Carlos Sanchez", "Juan Carlos Olmedo Sanchez")]
    [InlineData("Joseph Paul Wilson", "Wilson Joseph")]
    [InlineData("John Baker", "Howard Jon Baker")]
    [InlineData("Carol Lee", "Karl Lee")]
    [InlineData("Pavel Steinberg", "Pavel Rotenberg")]
    [InlineData("Brittany Jones", "يونس الموريتاني")]
    public void Names_of_two_people_do_not_match(string a, string b)
    {
        Assert.InRange(Names.Person(a, b), 0, Match - 0.0001);
        Assert.InRange(Names.Person(b, a), 0, Match - 0.0001);
    }

    [Theory]
    [InlineData("Muammar Qadhafi", "Muammar Qadhafi", "Muammar Gaddafi")]
    [InlineData("Karim Zwaydi", "Karim Zwaydi", "Karim Ahmad Zwaydi")]
    [InlineData("Omar Farouk Jabbour", "Omar Farouk Jabbour", "Omar Jabbour")]
    [InlineData("Tariq al-Harthi", "طارق الحارثي", "Tariq al-Harbi")]
    [InlineData("Robert Thistlewood", "Robert Thistlewood", "Bob Thistlewood")]
    public void The_nearer_name_scores_higher(string query, string nearer, string farther) =>
        Assert.True(Names.Person(query, nearer) > Names.Person(query, farther));

    [Fact]
    public void A_rare_name_says_more_than_a_common_one() =>
        Assert.True(Names.Person("Nyiragongo Tshibangu", "Nyiragongo Tshibangu") > Names.Person("Mohammed Ali", "Mohammed Ali"));
}
