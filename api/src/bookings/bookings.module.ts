// Owns bookings from request to delivery, series, cancellation, attendance, the entitlement ledger and calendar feeds.
// Refuses to know who pays: it tells what was delivered, cancelled late or withdrawn, and asks nobody what came of it.
// Whether a period can be booked is the availability room's to say; two requests for one hour meet in SlotDesk.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AvailabilityModule } from '../availability/availability.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ProcurementModule } from '../procurement/procurement.module.js';
import { SchoolsModule } from '../schools/schools.module.js';
import { AbsencesController } from './absences.controller.js';
import { AbsencesService } from './absences.service.js';
import { AfterBookingController } from './after-booking.controller.js';
import { BoardController } from './board.controller.js';
import { BoardService } from './board.service.js';
import { BookingChanges } from './booking-changes.service.js';
import { BookingDeeds } from './booking-deeds.js';
import { BookingDeadlineEntity } from './booking-deadline.entity.js';
import { BookingEntity } from './booking.entity.js';
import { BookingMail } from './booking-mail.service.js';
import { BookingReaders } from './booking-readers.js';
import { BookingObjectionEntity } from './booking-objection.entity.js';
import { BookingRecorder } from './booking-recorder.js';
import { BookingSchoolEntity } from './booking-school.entity.js';
import { BookingSeriesEntity } from './booking-series.entity.js';
import { BookingStore } from './booking-store.js';
import { BookingTeller } from './booking-teller.js';
import { BookingViews } from './booking-views.js';
import { BookingsController } from './bookings.controller.js';
import './bookings.problems.js';
import { BookingsQueries } from './bookings.queries.js';
import { BookingsService } from './bookings.service.js';
import { CalendarFeedEntity } from './calendar-feed.entity.js';
import { CalendarService } from './calendar.service.js';
import { CancellationLook } from './cancellation-look.js';
import { Cancellations } from './cancellations.service.js';
import { Conversions } from './conversions.service.js';
import { EntitlementDesk } from './entitlement-desk.js';
import { EntitlementMoves } from './entitlement-moves.service.js';
import { ObjectionLook } from './objection-look.js';
import { ObjectionsService } from './objections.service.js';
import { EntitlementEntryEntity } from './entitlement-entry.entity.js';
import { EntitlementAccounts } from './entitlement-accounts.service.js';
import { EntitlementLedger } from './entitlement-ledger.js';
import { EntitlementsService } from './entitlements.service.js';
import { FeedsController } from './feeds.controller.js';
import { FeedsService } from './feeds.service.js';
import { Holds } from './holds.service.js';
import { Leaving } from './leaving.service.js';
import { Parting } from './parting.js';
import { MailWishEntity } from './mail-wish.entity.js';
import { MailWishes, MailWishesController } from './mail-wishes.js';
import { ProposalLook } from './proposal-look.js';
import { ReplanAnswerEntity } from './replan-answer.entity.js';
import { Reopening } from './reopening.js';
import { ReplanAnswers } from './replan-answers.service.js';
import { ReplanCheckService } from './replan-check.service.js';
import { ReplanDesk } from './replan-desk.js';
import { Replanning } from './replanning.service.js';
import { ReplanningController } from './replanning.controller.js';
import { SeatsController } from './seats.controller.js';
import { SeatsService } from './seats.service.js';
import { SeriesMoves } from './series-moves.service.js';
import { SharedEventEntity } from './shared-event.entity.js';
import { SharedEventSchoolEntity } from './shared-event-school.entity.js';
import { SharedEventStore } from './shared-event-store.js';
import { SharedEventsController } from './shared-events.controller.js';
import { SharedEventsService } from './shared-events.service.js';
import { SlotDesk } from './slot-desk.js';
import { SlotsController } from './slots.controller.js';
import { SlotsService } from './slots.service.js';
import { UndoService } from './undo.service.js';
import { WorklistService } from './worklist.service.js';
import { OfferDesk } from './offer-desk.js';
import { WaitlistController } from './waitlist.controller.js';
import { UnitsInUse } from './units-in-use.js';
import { WaitlistEntryEntity } from './waitlist-entry.entity.js';
import { WaitlistOfferEntity } from './waitlist-offer.entity.js';
import { WaitlistOffers } from './waitlist-offers.js';
import { WaitlistService } from './waitlist.service.js';
import './bookings.retention.js';

@Module({
  imports: [
    SchoolsModule,
    IdentityModule,
    ProcurementModule,
    AvailabilityModule,
    TypeOrmModule.forFeature([BookingEntity, BookingSchoolEntity, BookingSeriesEntity, EntitlementEntryEntity, CalendarFeedEntity, MailWishEntity, WaitlistEntryEntity, WaitlistOfferEntity]),
    TypeOrmModule.forFeature([SharedEventEntity, SharedEventSchoolEntity, BookingObjectionEntity, ReplanAnswerEntity, BookingDeadlineEntity]),
  ],
  controllers: [BookingsController, AfterBookingController, SeatsController, SlotsController, AbsencesController, ReplanningController, FeedsController, BoardController, MailWishesController, SharedEventsController, WaitlistController],
  providers: [
    BookingStore, BookingViews, BookingRecorder, BookingDeeds, EntitlementLedger, SlotDesk,
    BookingsService, BookingChanges, CancellationLook, Cancellations, CalendarService, SlotsService, EntitlementsService, BookingsQueries,
    Replanning, ReplanDesk, ProposalLook, AbsencesService, ReplanCheckService, FeedsService,
    SeriesMoves, BoardService, EntitlementAccounts,
    EntitlementDesk, EntitlementMoves, UnitsInUse, ObjectionLook, ObjectionsService, Conversions, Leaving, Parting, SeatsService,
    BookingTeller, BookingMail, BookingReaders, MailWishes, Holds, OfferDesk, WaitlistOffers, WaitlistService,
    SharedEventStore, SharedEventsService, ReplanAnswers, Reopening, WorklistService, UndoService,
  ],
  exports: [BookingsQueries, BookingsService, BookingChanges, Cancellations],
})
export class BookingsModule {}
