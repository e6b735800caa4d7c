using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Review.Leads;

namespace Homeward.Review;

/// <summary>A tip or a referral says something else now: the lead that was raised on it grows by that, and nobody raises another unseen .</summary>
internal sealed class HearDoors(IIntake intake, LeadBook leads) : IListen<DoorChanged>
{
    public async Task HearAsync(DoorChanged happened, Act act, CancellationToken cancel)
    {
        if (await intake.DoorAsync(act.Db, happened.Door, cancel) is { } door) await leads.GrowByDoorAsync(act, door, cancel);
    }
}
