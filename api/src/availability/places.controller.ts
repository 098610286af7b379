import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ChangeTravelTimesSchema, NewRoomSchema, RoomSchema, RoomsSchema, TravelTimesSchema, type ChangeTravelTimes, type NewRoom } from '@fairshare/contract/availability';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './availability.permissions.js';
import { PlacesService } from './places.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

@ApiTags('availability')
@Controller('collaborations/:collaborationId')
export class PlacesController {
  readonly #places: PlacesService;

  constructor(places: PlacesService) {
    this.#places = places;
  }

  @Get('travel-times')
  @Allow('availability.see-places')
  @Answers(TravelTimesSchema)
  travelTimes(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#places.travelTimes(who, collaborationId);
  }

  @Put('travel-times')
  @Allow('availability.change-places')
  @Answers(TravelTimesSchema)
  changeTravelTimes(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: ChangeTravelTimesSchema }) body: ChangeTravelTimes) {
    return this.#places.changeTravelTimes(who, collaborationId, body);
  }

  @Get('rooms')
  @Allow('availability.see-places')
  @Answers(RoomsSchema)
  rooms(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#places.rooms(who, collaborationId);
  }

  @Post('rooms')
  @Allow('availability.change-places')
  @Answers(RoomSchema, 201)
  addRoom(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewRoomSchema }) body: NewRoom) {
    return this.#places.addRoom(who, collaborationId, body);
  }
}
