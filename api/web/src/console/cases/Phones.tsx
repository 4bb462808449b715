// Whom to call about a case: the elder, the contacts of the file, the courier who stood at the door.
import type { Contact, Courier, ElderFile } from '../../service/files.ts';
import type { CaseProperties } from './CaseCard.tsx';
import { useReading } from './hooks.ts';

export function Phones({ client, say, one }: CaseProperties) {
  const { elder } = one.door;
  const file = useReading<ElderFile>(client, elder && `/api/v1/elders/${encodeURIComponent(elder.code)}`, '');
  const courier = useReading<Courier>(
    client,
    one.courier === null ? null : `/api/v1/couriers/${encodeURIComponent(one.courier)}`,
    '',
  );
  const contacts = file.value?.contacts;
  return (
    <ul class="phones">
      {elder !== null && <Phone say={say} who={say('phone_elder', { name: elder.name })} phone={elder.phone} />}
      {contacts?.map((one) => (
        <Phone
          key={one.rank}
          say={say}
          who={say('phone_contact', { name: named(one) })}
          phone={one.phone}
        />
      ))}
      {contacts?.length === 0 && <li>{say('no_contact_known')}</li>}
      {file.problem !== null && <li>{file.problem === '' ? say('offline') : say('file_elsewhere')}</li>}
      {courier.value !== null && (
        <Phone say={say} who={say('phone_courier', { name: courier.value.name ?? courier.value.code })} phone={courier.value.phone} />
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
