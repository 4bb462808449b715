// Whom to call about a case: the elder, the contacts of the file, the courier who stood at the door.
import type { Contact, Courier, ElderFile } from '../../service/files.ts';
import { useAsked } from '../parts/useAsked.ts';
import type { CaseProperties } from './caseProperties.ts';

export function Phones({ client, say, one }: CaseProperties) {
  const { elder } = one.door;
  const file = useAsked<ElderFile>(client, say, elder && `/api/v1/elders/${encodeURIComponent(elder.code)}`);
  const path = one.courier === null ? null : `/api/v1/couriers/${encodeURIComponent(one.courier)}`;
  const courier = useAsked<Courier>(client, say, path);
  const contacts = file.answer?.contacts;
  return (
    <ul class="phones">
      {elder !== null && <Phone say={say} who={say('phone_elder', { name: elder.name })} phone={elder.phone} />}
      {contacts?.map((one) => (
        <Phone key={one.rank} say={say} who={say('phone_contact', { name: named(one) })} phone={one.phone} />
      ))}
      {contacts?.length === 0 && <li>{say('no_contact_known')}</li>}
      {file.problem !== null && <li>{file.problem === say('offline') ? file.problem : say('file_elsewhere')}</li>}
      {courier.answer !== null && (
        <Phone say={say} who={say('phone_courier', { name: courier.answer.name ?? courier.answer.code })} phone={courier.answer.phone} />
      )}
    </ul>
  );
}

/** A contact's name, and how they are related where the name does not say it. */
function named({ name, relation }: Contact): string {
  return relation !== null && relation !== name ? `${name} (${relation})` : name;
}

function Phone({ say, who, phone }: Pick<CaseProperties, 'say'> & { who: string; phone: string | null }) {
  return (
    <li>
      {who}{' '}
      {phone === null ? (
        say('no_phone_known')
      ) : (
        <a href={`tel:${phone}`} aria-label={say('call_number', { who, phone })}>
          {phone}
        </a>
      )}
    </li>
  );
}
