using System.Globalization;
using System.Security.Cryptography;

namespace Homeward.Intake.Providers;

/// <summary>Providers' passwords: kept as a salted hash alone.</summary>
internal static class Passwords
{
    /// <summary>Some milliseconds for each try: few enough for a door that many knock at, as passwords are long and made by chance.</summary>
    private const int Rounds = 50_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <returns><c>rounds:salt:hash</c>, PBKDF2 with SHA-256.</returns>
    public static string Keep(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Rounds}:{Convert.ToHexStringLower(salt)}:{Convert.ToHexStringLower(Hash(password, salt, Rounds))}");
    }

    public static bool Fits(string password, string kept)
    {
        var parts = kept.Split(':');
        return CryptographicOperations.FixedTimeEquals(
            Hash(password, Convert.FromHexString(parts[1]), int.Parse(parts[0], CultureInfo.InvariantCulture)), Convert.FromHexString(parts[2]));
    }

    private static byte[] Hash(string password, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);
}
