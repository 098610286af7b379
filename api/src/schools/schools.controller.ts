import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UrnSchema } from '@fairshare/contract/list';
import { SchoolDetailSchema, SchoolListSchema, SchoolQuerySchema, type SchoolQuery } from '@fairshare/contract/schools';
import { AllowSignedIn } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { SchoolSearch } from './school-search.service.js';

@ApiTags('schools')
@Controller('schools')
export class SchoolsController {
  readonly #search: SchoolSearch;

  constructor(search: SchoolSearch) {
    this.#search = search;
  }

  @Get()
  @AllowSignedIn()
  @Answers(SchoolListSchema)
  find(@Query({ schema: SchoolQuerySchema }) query: SchoolQuery) {
    return this.#search.find(query);
  }

  @Get(':urn')
  @AllowSignedIn()
  @Answers(SchoolDetailSchema)
  read(@Param('urn', { schema: UrnSchema }) urn: string) {
    return this.#search.read(urn);
  }
}
