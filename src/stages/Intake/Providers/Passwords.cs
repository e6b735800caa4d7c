using System.Globalization;
using System.Security.Cryptography;

namespace Homeward.Intake.Providers;

/// <summary>Providers' passwords: made here, told once, kept as a salted hash.</summary>
internal static class Passwords
{
    /// <summary>Ours have 192 bits of chance, so that guessing is hopeless; the rounds are for those that somebody chose.</summary>
    private const int Rounds = 50_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

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
