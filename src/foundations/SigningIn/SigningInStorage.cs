using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

internal sealed class SigningInStorage : IStoragePart
{
    public const int PasskeyIdCharsMax = 1400;

    public void Shape(ModelBuilder model)
    {
        model.Entity<Passkey>(passkey =>
        {
            passkey.ToTable("passkeys");
            passkey.HasKey(row => row.Id);
            passkey.Property(row => row.Id).HasMaxLength(PasskeyIdCharsMax);
            passkey.Property(row => row.Name).HasMaxLength(NewPasskey.NameCharsMax);
            passkey.HasIndex(row => row.UserId);
        });
        model.Entity<Invitation>(invitation =>
        {
            invitation.ToTable("invitations");
            invitation.HasKey(row => row.Id);
            invitation.HasIndex(row => row.UserId);
            invitation.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<SignedIn>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(row => row.Id);
            session.Property(row => row.PasskeyId).HasMaxLength(PasskeyIdCharsMax);
            session.HasIndex(row => new { row.UserId, row.EndedAt });
        });
    }
}
