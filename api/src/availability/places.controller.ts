import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ChangeTravelTimesSchema, JourneysSchema, NewRoomSchema, RenameRoomSchema, RoomSchema, RoomsSchema, TravelTimesSchema, type ChangeTravelTimes, type NewRoom, type RenameRoom,
} from '@fairshare/contract/availability';
import { IdSchema, UrnSchema } from '@fairshare/contract/list';
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

  @Get('travel-times/:urn')
  @Allow('availability.see-places')
  @Answers(JourneysSchema)
  journeys(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string) {
    return this.#places.journeys(who, collaborationId, urn);
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

  @Put('rooms/:roomId')
  @Allow('availability.change-places')
  @Answers(RoomSchema)
  renameRoom(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('roomId', { schema: IdSchema }) roomId: string, @Body({ schema: RenameRoomSchema }) body: RenameRoom) {
    return this.#places.renameRoom(who, collaborationId, roomId, body);
  }

  @Delete('rooms/:roomId')
  @HttpCode(204)
  @Allow('availability.change-places')
  removeRoom(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('roomId', { schema: IdSchema }) roomId: string) {
    return this.#places.removeRoom(who, collaborationId, roomId);
  }
}
